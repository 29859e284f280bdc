export const german: Record<string, string> = {
  'View only': 'Nur ansehen',
  'You may look at this. Changing it takes the role admin in {{account}}.':
    'Du darfst das ansehen. Ändern darf es, wer in {{account}} die Rolle admin hat.',
  'You may look at {{account}}, not change it. That takes the role editor.':
    'Du darfst {{account}} ansehen, aber nicht ändern. Dazu gehört die Rolle editor.',
};
