export const german: Record<string, string> = {
  'A callflow ends, but not the call': 'Ein Callflow endet, der Anruf aber nicht',
  'A code and message of our own': 'Eigener Code und eigene Nachricht',
  'Access tokens': 'Zugangstoken',
  'Ask phones whether they are there': 'Telefone fragen, ob sie da sind',
  'Every so many seconds, 15 or more. Who does not answer is not rung.':
    'Alle so viele Sekunden, mindestens 15. Wer nicht antwortet, wird nicht gerufen.',
  General: 'Allgemein',
  'In seconds. Many carriers give up after 180.': 'In Sekunden. Viele Netze geben nach 180 auf.',
  'Longest audio before a call is refused': 'Längster Ton vor dem Abweisen eines Anrufs',
  'New calls use them.': 'Neue Anrufe folgen ihnen.',
  'Nobody has the number that was called': 'Niemand hat die angerufene Nummer',
  'Country code': 'Landesvorwahl',
  'Of seats that have none of their own.': 'Von Plätzen, die keine eigene haben.',
  'Without the plus: 49, 1. Numbers outside are understood by it.':
    'Ohne Plus: 49, 1. Danach werden Nummern draußen verstanden.',
  'Somebody else saved meanwhile. Look at what is there now, and save again.':
    'Inzwischen hat jemand anders gespeichert. Sieh nach, was jetzt da ist, und speichere noch einmal.',
  'The settings are saved': 'Die Einstellungen sind gespeichert',
  Users: 'Benutzer',
  'Without it callers get 404 Not Found.': 'Sonst bekommen Anrufer 404 Not Found.',
  'Without it callers get 480 Temporarily Unavailable, or are hung up on.':
    'Sonst bekommen Anrufer 480 Temporarily Unavailable, oder es wird aufgelegt.',
};
