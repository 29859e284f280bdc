export const german: Record<string, string> = {
  Answer: 'Nehmen ab',
  'Are busy': 'Sind besetzt',
  'Are offline': 'Sind nicht angemeldet',
  'Do not answer': 'Nehmen nicht ab',
};
