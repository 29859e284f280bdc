export const german: Record<string, string> = {
  'Add account': 'Konto anlegen',
  'Calls to this domain belong to this account: “pbx.example”. Empty: the fall-back.':
    'Anrufe an diese Domäne gehören zu diesem Konto: „pbx.example“. Leer: das Auffangkonto.',
  'Edit {{name}}': '{{name}} bearbeiten',
  'Letters, digits, - and _. It stays.': 'Buchstaben, Ziffern, - und _. Sie bleibt.',
  'New account': 'Neues Konto',
  'SIP domain': 'SIP-Domäne',
  'Shown now': 'Jetzt gezeigt',
  Switch: 'Wechseln',
  'Switch to {{name}}': 'Zu {{name}} wechseln',
  'There is an account with this id.': 'Ein Konto mit dieser Id gibt es schon.',
  'Your role': 'Deine Rolle',
};
