export const german: Record<string, string> = {
  Copied: 'Kopiert',
  Done: 'Fertig',
  'It is shown this once: copy it now.': 'Es wird nur dieses eine Mal gezeigt: kopiere es jetzt.',
  'Show more': 'Mehr zeigen',
  'What you changed here is lost then.': 'Was du hier geändert hast, ist dann verloren.',
  'Somebody else has changed this meanwhile. Save keeps yours, Undo shows theirs.':
    'Jemand anders hat das inzwischen geändert. Speichern behält deins, Rückgängig zeigt das andere.',
};
