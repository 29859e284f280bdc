// The plain sentences with which the server refuses.
export const german: Record<string, string> = {
  '{{who}} changed the {{noun}} meanwhile.': '{{noun}}: {{who}} hat das inzwischen geändert.',
  '{{who}} deleted the {{noun}} meanwhile.': '{{noun}}: {{who}} hat das inzwischen gelöscht.',
  '{{who}} saved revision {{revision}} meanwhile.':
    '{{who}} hat inzwischen Version {{revision}} gespeichert.',
  'The callflow “{{name}}” was deleted meanwhile.':
    'Der Callflow „{{name}}“ wurde inzwischen gelöscht.',
  'Callflows, ring groups or rule sets refer to this {{noun}}. Say replace_with, or force.':
    '{{noun}}: Callflows, Rufgruppen oder Regelgruppen verweisen darauf. Nimm es erst dort heraus.',
  '{{number}} belongs to the callflow “{{name}}”.': '{{number}} gehört dem Callflow „{{name}}“.',
  'The number {{number}} belongs to the callflow “{{id}}” ({{name}}).':
    'Die Nummer {{number}} gehört dem Callflow „{{name}}“.',
  'The pattern {{number}} belongs to the callflow “{{id}}” ({{name}}).':
    'Das Muster {{number}} gehört dem Callflow „{{name}}“.',
  'The number {{number}} belongs to the callflow “{{id}}” ({{name}}), which does not ring this seat.':
    'Die Nummer {{number}} gehört dem Callflow „{{name}}“, der diesen Platz nicht ruft.',
  'The number is in use: take it out of the callflow “{{name}}” first.':
    'Die Nummer wird benutzt: nimm sie erst aus dem Callflow „{{name}}“.',
  'Every extension from {{from}} to {{to}} is taken.':
    'Jede Nebenstelle von {{from}} bis {{to}} ist vergeben.',
  'Nothing answers {{number}}.': 'Nichts nimmt {{number}} an.',
  'The extension {{value}} belongs to the {{noun}} “{{id}}”.':
    'Die Nebenstelle {{value}} ist vergeben: {{noun}} „{{id}}“.',
  'The username {{value}} belongs to the {{noun}} “{{id}}”.':
    'Der Benutzername {{value}} ist vergeben: {{noun}} „{{id}}“.',
  'The login {{value}} belongs to the {{noun}} “{{id}}”.':
    'Die Anmeldung {{value}} ist vergeben: {{noun}} „{{id}}“.',
  'The name {{value}} belongs to the {{noun}} “{{id}}”.':
    'Der Name {{value}} ist vergeben: {{noun}} „{{id}}“.',
  'There is no {{noun}} “{{id}}”.': '{{noun}} „{{id}}“ gibt es nicht.',
  'There is a {{noun}} “{{id}}”.': '{{noun}} „{{id}}“ gibt es schon.',
  'The call has already ended.': 'Der Anruf ist schon zu Ende.',
  'Callflows play this sound.': 'Callflows spielen diesen Ton.',
  'Branches are named after rules: give them another rule in the callflows.':
    'Zweige heißen nach Regeln: gib ihnen in den Callflows eine andere Regel.',
  'User or password is wrong.': 'Benutzer oder Passwort ist falsch.',
  'This is no sound file we know. Use {{formats}}.':
    'Diese Tondatei kennen wir nicht. Nimm {{formats}}.',
  'The file is empty. Use {{formats}}.': 'Die Datei ist leer. Nimm {{formats}}.',
  "The file can't be read as sound: {{why}}": 'Die Datei lässt sich nicht als Ton lesen: {{why}}',
  'The sound is longer than {{seconds}} seconds. Shorten it and upload it again.':
    'Der Ton ist länger als {{seconds}} Sekunden. Kürze ihn und lade ihn noch einmal hoch.',
  'There is no sound in the file. Record or export it again.':
    'In der Datei ist kein Ton. Nimm ihn noch einmal auf, oder exportiere ihn neu.',
  'There is no sound in the request.': 'Da war kein Ton in der Datei.',
  'The body is too large.': 'Das ist zu groß.',
  'Draining: no new calls are taken.':
    'Der Server hört gerade auf: neue Anrufe nimmt er nicht mehr an.',
  'This is not JSON: {{why}}.': 'Das ist kein JSON: {{why}}.',
  'line {{line}}, column {{column}}': 'Zeile {{line}}, Spalte {{column}}',
};
