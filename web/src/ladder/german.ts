export const german: Record<string, string> = {
  'Ext {{number}}': 'Nst. {{number}}',
  'Phone {{number}}': 'Telefon {{number}}',
  Rung: 'Gerufen',
  'Show all {{count}}_one': 'Alle zeigen ({{count}})',
  'Show all {{count}}_other': 'Alle {{count}} zeigen',
  Talk: 'Gespräch',
  'Talk, {{length}}': 'Gespräch, {{length}}',
  'no answer': 'keine Antwort',
};
