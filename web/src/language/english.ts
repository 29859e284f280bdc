// Only what differs from its key: plurals.
export const english: Record<string, string> = {
  '{{count}} changes_one': '{{count}} change',
  '{{count}} changes_other': '{{count}} changes',
  '{{count}} problems_one': '{{count}} problem',
  '{{count}} problems_other': '{{count}} problems',
  '{{count}} errors_one': '{{count}} error',
  '{{count}} errors_other': '{{count}} errors',
  '{{count}} blocks_one': '{{count}} block',
  '{{count}} blocks_other': '{{count}} blocks',
  '{{count}} files_one': '{{count}} file',
  '{{count}} files_other': '{{count}} files',
  '+ {{count}} accounts_one': '+ {{count}} account',
  '+ {{count}} accounts_other': '+ {{count}} accounts',
  '{{count}} days, at most {{max}}_one': '{{count}} day, at most {{max}}',
  '{{count}} days, at most {{max}}_other': '{{count}} days, at most {{max}}',
  'Drop your {{count}} changes?_one': 'Drop your change?',
  'Drop your {{count}} changes?_other': 'Drop your {{count}} changes?',
  'Drops your {{count}} changes, after asking_one': 'Drops your change, after asking',
  'Drops your {{count}} changes, after asking_other': 'Drops your {{count}} changes, after asking',
  '{{count}} blocks play it, so it can’t just go._one': 'A block plays it, so it can’t just go.',
  '{{count}} blocks play it, so it can’t just go._other':
    '{{count}} blocks play it, so it can’t just go.',
};
