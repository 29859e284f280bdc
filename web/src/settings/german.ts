export const german: Record<string, string> = {
  'Access tokens': 'Zugangstoken',
  General: 'Allgemein',
  'In seconds. Many carriers give up after 180.': 'In Sekunden. Viele Netze geben nach 180 auf.',
  'Language of announcements': 'Sprache der Ansagen',
  'Longest audio before a call is refused': 'Längster Ton vor dem Abweisen eines Anrufs',
  'New calls use them.': 'Neue Anrufe folgen ihnen.',
  'Somebody else saved meanwhile. Look at what is there now, and save again.':
    'Inzwischen hat jemand anders gespeichert. Sieh nach, was jetzt da ist, und speichere noch einmal.',
  'The settings are saved': 'Die Einstellungen sind gespeichert',
  'Time of Day blocks go by it. Empty: that of the server.':
    'Danach gehen Time-of-Day-Blöcke. Leer: die des Servers.',
  'Time zone': 'Zeitzone',
  Users: 'Benutzer',
};
