export const german: Record<string, string> = {
  '+ {{count}} accounts_one': '+ {{count}} Konto',
  '+ {{count}} accounts_other': '+ {{count}} Konten',
  Active: 'Aktiv',
  'Add an account': 'Konto hinzufügen',
  'Add user': 'Benutzer anlegen',
  'Admin of every account, and makes new ones': 'Verwalter jedes Kontos, und legt neue an',
  'Can’t sign in; access tokens don’t work. Nothing is deleted.':
    'Kann sich nicht anmelden; Zugangstoken gelten nicht. Nichts wird gelöscht.',
  Disabled: 'Gesperrt',
  'For signing in. Letters, digits, - and _.': 'Zum Anmelden. Buchstaben, Ziffern, - und _.',
  'It is shown once, when this is saved.': 'Es wird einmal gezeigt, beim Speichern.',
  'Its owner chooses another at the next sign-in.':
    'Wer es bekommt, wählt beim nächsten Anmelden ein anderes.',
  'Last sign-in': 'Zuletzt angemeldet',
  'Make one': 'Eins machen',
  'New password for {{user}}': 'Neues Passwort für {{user}}',
  'New user': 'Neuer Benutzer',
  'No access': 'Kein Zugang',
  'No users found': 'Keine Benutzer gefunden',
  'Password of {{user}}': 'Passwort von {{user}}',
  Roles: 'Rollen',
  'Search users': 'Benutzer suchen',
  'Set password': 'Passwort setzen',
  State: 'Zustand',
  'System administrator': 'Systemverwalter',
  'Their sessions end.': 'Deren Sitzungen enden.',
  'There is a user of this name.': 'Einen Benutzer mit diesem Namen gibt es schon.',
  'They are signed out, and their access tokens stop working. This can’t be undone.':
    'Sie werden abgemeldet, ihre Zugangstoken gelten nicht mehr. Das lässt sich nicht zurücknehmen.',
  'This is you: somebody else has to disable or delete you.':
    'Das bist du: sperren oder löschen muss dich jemand anders.',
  'Type one': 'Eins eingeben',
  'You see the user as it is now. Save again to change it.':
    'Du siehst den Benutzer, wie er jetzt ist. Speichere noch einmal, um ihn zu ändern.',
  '{{name}} has rights beyond the accounts that you administer.':
    '{{name}} hat Rechte außerhalb der Konten, die du verwaltest.',
  '{{name}} is saved': '{{name}} ist gespeichert',
  '{{user}} can sign in now': '{{user}} kann sich jetzt anmelden',
  '{{user}} has a new password': '{{user}} hat ein neues Passwort',
};
