export const german: Record<string, string> = {
  'A disabled phone neither rings nor calls. Nothing is deleted.':
    'Ein gesperrtes Telefon läutet nicht und ruft nicht an. Nichts wird gelöscht.',
  'A door or a lobby: it rings where a callflow or a ring group says so.':
    'Eine Tür, ein Empfang: Es läutet, wo ein Callflow oder eine Rufgruppe es will.',
  'A seat comes with its first phone. A door phone is nobody’s.':
    'Ein Platz bringt sein erstes Telefon mit. Ein Türtelefon gehört niemandem.',
  'As somebody here would dial it.': 'So, wie man sie hier wählen würde.',
  'As the account says': 'Wie das Konto es will',
  'Ask whether it is there': 'Fragen, ob es da ist',
  'Belongs to': 'Gehört zu',
  'Encrypted calls only': 'Nur verschlüsselte Anrufe',
  Every: 'Alle',
  'Everybody’s phones': 'Telefone von allen',
  'Every so many seconds': 'Alle so viele Sekunden',
  'It doesn’t ring. The other phones of its seat do.':
    'Es läutet nicht. Die anderen Telefone seines Platzes läuten.',
  'It doesn’t ring; callers take the Busy branch.':
    'Es läutet nicht; Anrufer nehmen den Zweig „Besetzt“.',
  'It has no password. Make one, and it can register.':
    'Es hat kein Passwort. Mit einem neuen kann es sich anmelden.',
  'It is called at its address, and never registers.':
    'Es wird unter seiner Adresse angerufen und meldet sich nie an.',
  'It calls and is called with SRTP, or not at all.':
    'Es ruft mit SRTP an und wird so angerufen, oder gar nicht.',
  'It registers here with a user name and a password.':
    'Es meldet sich hier mit Benutzername und Passwort an.',
  'Its number': 'Seine Nummer',
  'Its number is called, as if it had been dialled here.':
    'Seine Nummer wird angerufen, als wäre sie hier gewählt worden.',
  'Its password was made for another domain. Make a new one.':
    'Sein Passwort gehört zu einer anderen Domäne. Mache ein neues.',
  Landline: 'Festnetz',
  Mobile: 'Mobiltelefon',
  'Name, user name or seat': 'Name, Benutzername oder Platz',
  Never: 'Nie',
  'New phone': 'Neues Telefon',
  'No phones found': 'Keine Telefone gefunden',
  'No phones yet': 'Noch keine Telefone',
  'Of all calls it is in, its own and those to it; beyond that it counts as busy. Blank: no limit of its own.':
    'Von allen Anrufen, an denen es teilnimmt, eigenen und denen zu ihm; darüber gilt es als besetzt. Leer: keine eigene Grenze.',
  'Phone {{name}}': 'Telefon {{name}}',
  'Phones of': 'Telefone von',
  'Registered from': 'Angemeldet von',
  'SIP address': 'SIP-Adresse',
  'SIP phone': 'SIP-Telefon',
  'Search phones': 'Telefone suchen',
  Softphone: 'Softphone',
  'Such as sip:door@192.0.2.7': 'Etwa sip:door@192.0.2.7',
  'Used by: {{users}}': 'Benutzt von: {{users}}',
  '{{name}} is still used, so it is not removed':
    '{{name}} wird noch benutzt und ist nicht entfernt',
};
