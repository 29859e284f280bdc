// Only what differs from its key: plurals, and descriptions in action.json that name the values of
// documents, which have words here (value-words.ts), or findings that tell how to write them.
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
  '{{count}} more messages were not kept._one': 'One more message was not kept.',
  '{{count}} more messages were not kept._other': '{{count}} more messages were not kept.',
  '{{count}} packets_one': '{{count}} packet',
  '{{count}} packets_other': '{{count}} packets',
  'simultaneous: all at once, each after its delay. single: one after the other. weighted_random: one after the other, in an order drawn for each call; a greater weight comes first more often.':
    'All at once: each after its delay. At random: one after another, in an order drawn for each call; a greater weight comes first more often.',
  'simultaneous: all at once. single: one after the other, each as long as that.':
    'One after another: each as long as that.',
  'activate: to the number that was dialled behind the code, else the one below, else the one the seat has, else the caller is asked. update: as activate, but not to the one the seat has. deactivate: its phones ring again. toggle: the other state.':
    'Turn on: to the number that was dialled behind the code, else the one below, else the one the seat has, else the caller is asked. With another number: not to the one the seat has. Turn off: its phones ring again.',
  'reset: the caller is shown as the call came in.':
    'As the call came in: what earlier blocks put in front goes again.',
  'original: before the name and number with which the call came in. current: before what earlier blocks have made of them.':
    'Before the name and number with which the call came in, or before what earlier blocks have made of them.',
  'full: name and number. none: nothing any more.':
    'Nothing any more: what earlier blocks hide is shown again.',
  "external: the outside number of the seat, the account or the trunk. internal: the seat's extension. caller: whoever calls, as they are.":
    'Number outside: that of the seat, the account or the trunk. Extension: that of the seat. Whoever calls: as they are.',
  'ms, s, m or h. Never longer than 24 hours in all.': 'Never longer than 24 hours in all.',
  'Nothing chosen: it asks the rules. enable, disable: the rules and those of the set apply always, or never, for all calls from then on. reset: they apply by time again.':
    'Forced: the rules and those of the set apply always, or never, for all calls from then on.',
  'Give start_date as 2026-12-24.': 'Choose it.',
  'Give wdays, such as ["monday"].': 'Choose at least one.',
  'Give days, such as [24], or ordinal and wdays.': 'Give days, such as 24, or choose weekdays.',
  'The whole day is 0 to 86400.': 'The whole day is 00:00 to 00:00.',
  'Callflows, ring groups or rule sets refer to this {{noun}}. Say replace_with, or force.':
    'Callflows, ring groups or rule sets refer to this {{noun}}. Take it out of them first.',
};
