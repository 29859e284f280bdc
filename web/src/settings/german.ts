export const german: Record<string, string> = {
  'A callflow ends, but not the call': 'Ein Callflow endet, der Anruf aber nicht',
  'A code and message of our own': 'Eigener Code und eigene Nachricht',
  'A table of our own': 'Eigene Tabelle',
  'Access tokens': 'Zugangstoken',
  'Add class': 'Klasse hinzufügen',
  'Against toll fraud: a call that would go beyond gets 403. Emergency calls always go. 0 allows none.':
    'Gegen Gebührenbetrug: Ein Anruf darüber hinaus bekommt 403. Notrufe gehen immer. 0 erlaubt keinen.',
  'Calls of a seat': 'Anrufe eines Platzes',
  'Calls of the account': 'Anrufe des Kontos',
  'Calls to the outside': 'Anrufe nach draußen',
  'Class {{number}} down': 'Klasse {{number}} nach unten',
  'Class {{number}} up': 'Klasse {{number}} nach oben',
  'Classes of numbers': 'Klassen von Nummern',
  'Convert sound where two phones have no codec in common':
    'Ton umwandeln, wo zwei Telefone keinen Codec gemeinsam haben',
  'Heard by who has to press 1': 'Ansage für alle, die die 1 drücken müssen',
  'Minutes of a seat': 'Minuten eines Platzes',
  'Minutes of the account': 'Minuten des Kontos',
  'Name of class {{number}}': 'Name der Klasse {{number}}',
  'Otherwise such calls are refused with 488.': 'Sonst werden solche Anrufe mit 488 abgewiesen.',
  'Otherwise: emergency, premium, national, international, internal, local. Seats name the classes that they may call.':
    'Sonst: emergency, premium, national, international, internal, local. Plätze nennen die Klassen, die sie anrufen dürfen.',
  'Outside, in any hour': 'Nach draußen, in jeder Stunde',
  'Pattern of class {{number}}': 'Muster der Klasse {{number}}',
  'Remove class {{number}}': 'Klasse {{number}} entfernen',
  Sound: 'Ton',
  'The built-in words, in English': 'Die eingebauten Worte, auf Englisch',
  'The first pattern (RE2) that fits the whole number, written +49…, decides. {country} stands for the country code.':
    'Das erste Muster (RE2), das auf die ganze Nummer passt, geschrieben +49…, entscheidet. {country} steht für die Landesvorwahl.',
  'Who answers a forwarded call outside hears it until the key, over and over.':
    'Wer draußen einen umgeleiteten Anruf annimmt, hört sie bis zum Tastendruck, immer wieder.',
  'Ask phones whether they are there': 'Telefone fragen, ob sie da sind',
  'Every so many seconds, 15 or more. Who does not answer is not rung.':
    'Alle so viele Sekunden, mindestens 15. Wer nicht antwortet, wird nicht gerufen.',
  General: 'Allgemein',
  'In seconds. Many carriers give up after 180.': 'In Sekunden. Viele Netze geben nach 180 auf.',
  'Longest audio before a call is refused': 'Längster Ton vor dem Abweisen eines Anrufs',
  'New calls use them.': 'Neue Anrufe folgen ihnen.',
  'Nobody has the number that was called': 'Niemand hat die angerufene Nummer',
  'All phones are busy': 'Alle Telefone sind besetzt',
  'Heard before the code, as early media.': 'Vor dem Code zu hören, als Early Media.',
  'No phone is registered': 'Kein Telefon ist angemeldet',
  'Nobody answers': 'Niemand nimmt ab',
  'The call is rejected': 'Der Anruf wird abgelehnt',
  'Where a Seat, Device, Ring Group or Carrier has no branch for it.':
    'Wo ein Platz, Gerät, eine Rufgruppe oder ein Carrier keinen Zweig dafür hat.',
  'Who can’t be connected': 'Wer nicht verbunden werden kann',
  'Without it callers get {{code}} {{message}}.': 'Sonst bekommen Anrufer {{code}} {{message}}.',
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
