export const german: Record<string, string> = {
  '{{name}} can’t be played here': '{{name}} kann hier nicht abgespielt werden',
  '{{name}} has a new sound': '{{name}} klingt jetzt neu',
  '{{count}} blocks play it, so it can’t just go._one':
    'Ein Block spielt es, darum kann es nicht einfach weg.',
  '{{count}} blocks play it, so it can’t just go._other':
    '{{count}} Blöcke spielen es, darum kann es nicht einfach weg.',
  '{{name}} is deleted': '{{name}} ist gelöscht',
  '{{size}} is too large. Up to {{max}}: mp3 or opus make it smaller.':
    '{{size}} ist zu groß. Höchstens {{max}}: mp3 oder opus machen es kleiner.',
  'Callers hear': 'Anrufer hören',
  'Choose a media': 'Wähle ein Medium',
  'Click to rename': 'Klicken zum Umbenennen',
  'Each of these callflows gets a new version; live ones change at once.':
    'Jeder dieser Callflows bekommt eine neue Version; was live ist, ändert sich sofort.',
  'G.711, 8 kHz, as you hear it here': 'G.711, 8 kHz, wie es hier klingt',
  Id: 'Kennung',
  'It can’t be played here': 'Hier nicht abspielbar',
  Listen: 'Anhören',
  Loudness: 'Lautstärke',
  Name: 'Name',
  'New audio file': 'Neue Audiodatei',
  'No sounds yet. Callers hear them in Play, Menu and Response.':
    'Noch keine Medien. Anrufer hören sie in Play, Menu und Response.',
  'One moment': 'Einen Moment',
  Recording: 'Aufnahme',
  'Played instead': 'Stattdessen wird gespielt',
  'Record again': 'Noch einmal aufnehmen',
  'Recording of {{when}}': 'Aufnahme vom {{when}}',
  'Replace and delete': 'Ersetzen und löschen',
  'Browsers give a microphone to pages by https:// only. Upload a file instead.':
    'Browser geben ein Mikrofon nur Seiten über https://. Lade stattdessen eine Datei hoch.',
  'Save recording': 'Aufnahme sichern',
  'Save speech': 'Sprache sichern',
  'Speak as to a caller. You hear it before it is kept.':
    'Sprich wie zu einem Anrufer. Du hörst es, bevor es bleibt.',
  'Speak text': 'Text sprechen',
  Stop: 'Anhalten',
  'Stop recording': 'Aufnahme beenden',
  Text: 'Text',
  'The browser asks for the microphone.': 'Der Browser fragt nach dem Mikrofon.',
  'The browser gives no microphone. Allow it beside the address, or upload a file.':
    'Der Browser gibt kein Mikrofon frei. Erlaube es neben der Adresse oder lade eine Datei hoch.',
  'This sound is not here any more.': 'Diesen Ton gibt es nicht mehr.',
  'The sound is gone then. No callflow uses it.':
    'Der Ton ist dann weg. Kein Callflow benutzt ihn.',
  'The server says it with a voice of its own.': 'Der Server spricht ihn mit eigener Stimme.',
  'Uploaded as': 'Hochgeladen als',
  Voice: 'Stimme',
  'no callflow': 'kein Callflow',
  'wav, mp3, flac, ogg or opus; up to 10 minutes and {{max}}':
    'wav, mp3, flac, ogg oder opus; bis 10 Minuten und {{max}}',
};
