// Passwords for others: four groups of five, without letters that look alike.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'; // 31: 99 bits in 20
const GROUPS = 4;
const GROUP_CHARS = 5;

function letter(): string {
  const range = 256 - (256 % LETTERS.length); // beyond: some letters would be likelier
  const [byte] = crypto.getRandomValues(new Uint8Array(1));
  return byte === undefined || byte >= range ? letter() : (LETTERS[byte % LETTERS.length] ?? '');
}

export function newPassword(): string {
  const group = () => Array.from({ length: GROUP_CHARS }, letter).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}
