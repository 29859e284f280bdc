export const german: Record<string, string> = {
  'Show more': 'Mehr zeigen',
};
