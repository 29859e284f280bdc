export const german: Record<string, string> = {
  'A trunk is a carrier: it brings calls from outside, and takes yours.':
    'Ein Trunk ist ein Anbieter: er bringt Anrufe von draußen und nimmt eure an.',
  'A certificate for *.example.net will do': 'Ein Zertifikat für *.example.net genügt',
  'Add an address': 'Adresse hinzufügen',
  'Add trunk': 'Trunk anlegen',
  Addresses: 'Adressen',
  'And signed by somebody whom this server trusts. Leave it on outside a laboratory.':
    'Und von jemandem unterschrieben, dem dieser Server traut. Außerhalb eines Labors eingeschaltet lassen.',
  'Always this number': 'Immer diese Nummer',
  'And from these': 'Und von diesen',
  'As dialled': 'Wie gewählt',
  'As in the country': 'Wie im Land',
  'Calls at once': 'Anrufe zugleich',
  'Calls from it': 'Anrufe von ihm',
  'Calls to it': 'Anrufe zu ihm',
  'Calls to it only with encrypted media (SRTP)':
    'Anrufe zu ihm nur mit verschlüsseltem Ton (SRTP)',
  'Carriers that give you a username mostly want it.':
    'Anbieter, die einen Benutzernamen vergeben, wollen das meist.',
  'Choose a trunk': 'Wähle einen Trunk',
  'For seats without an outgoing number of their own.': 'Für Plätze ohne eigene Nummer nach außen.',
  'Host {{number}}': 'Host {{number}}',
  'IP addresses or networks, 192.0.2.0/24, with blanks between them.':
    'IP-Adressen oder Netze, 192.0.2.0/24, mit Leerzeichen dazwischen.',
  'International, with plus': 'International, mit Plus',
  'International, without plus': 'International, ohne Plus',
  'Give this to the other side now: the password is shown this once.':
    'Gib das jetzt der anderen Seite: das Passwort wird nur dieses eine Mal gezeigt.',
  'For a carrier or PBX that registers at us. Saving a new name makes its password.':
    'Für einen Anbieter oder eine Anlage, die sich bei uns anmeldet. Ein neuer Name bringt beim Speichern ein Passwort.',
  'It logs in here as': 'Er meldet sich hier an als',
  'Its certificate has to be good for the host': 'Sein Zertifikat muss für den Host gelten',
  'Its login here': 'Seine Anmeldung hier',
  'It may call from its addresses': 'Er darf von seinen Adressen anrufen',
  'May call outside': 'Darf nach draußen anrufen',
  'New trunk': 'Neuer Trunk',
  'No trunks found': 'Keine Trunks gefunden',
  'No trunks yet': 'Noch keine Trunks',
  'None yet.': 'Noch keines.',
  'Not found': 'Nicht gefunden',
  'Not registered': 'Nicht angemeldet',
  'Nothing at first. Emergency numbers always.': 'Anfangs nichts. Notrufe immer.',
  'Number that is shown': 'Nummer, die gezeigt wird',
  'Numbers as it wants them': 'Nummern, wie er sie will',
  'Otherwise no call comes or goes by it. Nothing is deleted.':
    'Sonst kommt und geht kein Anruf über ihn. Nichts wird gelöscht.',
  'Password at the carrier': 'Passwort beim Anbieter',
  'Port {{number}}': 'Port {{number}}',
  Priority: 'Rang',
  'Put in front': 'Davorsetzen',
  Realm: 'Realm',
  'New password of its login here': 'Neues Passwort seiner Anmeldung hier',
  'Registered here from {{place}}': 'Hier angemeldet von {{place}}',
  'The other side is out until it gets the new one.':
    'Die andere Seite bleibt draußen, bis sie das neue hat.',
  'Reached at {{places}}': 'Erreicht unter {{places}}',
  'Register there': 'Dort anmelden',
  Registering: 'Meldet sich an',
  'Remove address {{number}}': 'Adresse {{number}} entfernen',
  'Search trunks': 'Trunks suchen',
  'Switched off': 'Ausgeschaltet',
  'TLS fails': 'TLS scheitert',
  'Take away in front': 'Vorn wegnehmen',
  'There is one. Type to replace it.': 'Es gibt eines. Tippe, um es zu ersetzen.',
  'To try it: call out from a seat that may, and look at the call under Calls.':
    'Zum Ausprobieren: rufe von einem Platz, der darf, nach draußen, und sieh den Anruf unter Anrufe an.',
  'Transport {{number}}': 'Transport {{number}}',
  'Tried in this order. Without a port, the SRV records of a name count.':
    'In dieser Reihenfolge versucht. Ohne Port zählen die SRV-Einträge eines Namens.',
  Trunk: 'Trunk',
  Trunks: 'Trunks',
  Username: 'Benutzername',
  'Whoever answers at this address is taken for the carrier, and hears the calls.':
    'Wer auch immer unter dieser Adresse antwortet, gilt als der Anbieter und hört die Anrufe.',
  'Username at the carrier': 'Benutzername beim Anbieter',
  national: 'im Land',
  international: 'ins Ausland',
  local: 'am Ort',
  premium: 'Sondernummern (teuer)',
  '{{calls}} calls now; {{worked}} taken, {{failed}} failed since the start':
    '{{calls}} Anrufe jetzt; {{worked}} angenommen, {{failed}} gescheitert seit dem Start',
  'no address of ours over {{transport}} reaches {{place}}':
    'keine unserer Adressen erreicht {{place}} über {{transport}}',
  '{{host}}: Name or service not known': '{{host}}: diesen Namen gibt es nicht',
  '{{host}}: Temporary failure in name resolution':
    '{{host}}: Namen lassen sich gerade nicht auflösen',
  'TLS to {{name}} ({{place}}) failed: {{why}}':
    'TLS zu {{name}} ({{place}}) ist gescheitert: {{why}}',
};
