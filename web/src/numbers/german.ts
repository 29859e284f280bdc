export const german: Record<string, string> = {
  'Add number': 'Nummer hinzufügen',
  Assign: 'Zuteilen',
  'Assign to a callflow': 'Einem Callflow zuteilen',
  'Assign {{number}}': '{{number}} zuteilen',
  'Everything else': 'Alles andere',
  Find: 'Suchen',
  'Find a free extension': 'Freie Nebenstelle suchen',
  'Free extension': 'Freie Nebenstelle',
  'It goes into the draft, which takes no calls yet.':
    'Sie kommt in den Entwurf, der noch keine Anrufe annimmt.',
  'New calls to the number are answered by it at once.':
    'Neue Anrufe an die Nummer beantwortet er sofort.',
  'New number': 'Neue Nummer',
  'No callflow has it. Calls to it are refused, as they are now.':
    'Kein Callflow hat sie. Anrufe an sie werden abgewiesen wie bisher.',
  'One that your carrier sends here. It is spare until a callflow has it.':
    'Eine, die dein Netz hierher leitet. Sie ist frei, bis ein Callflow sie hat.',
  Open: 'Öffnen',
  Pattern: 'Muster',
  Remove: 'Entfernen',
  'Remove {{number}}': '{{number}} entfernen',
  'Remove {{number}}?': '{{number}} entfernen?',
  Show: 'Zeigen',
  To: 'Bis',
  'Up to 36 letters, digits and - . _ * # +': 'Bis zu 36 Buchstaben, Ziffern und - . _ * # +',
  'What happens if someone calls': 'Was geschieht, wenn jemand anruft',
  'What happens if someone calls {{number}}': 'Was geschieht, wenn jemand {{number}} anruft',
  'What happens if …': 'Was geschieht, wenn …',
  'With country code: +1 415 555 0100': 'Mit Landesvorwahl: +1 415 555 0100',
  'is free': 'ist frei',
  '{{name}} has the number {{number}} now': '{{name}} hat jetzt die Nummer {{number}}',
  '{{number}} is answered by': '{{number}} wird beantwortet von',
};
