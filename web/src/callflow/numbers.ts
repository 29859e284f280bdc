// Numbers of a callflow: extensions of the house, phone numbers of the world.

const EXTENSION = /^\d{1,6}$/;
export const NUMBER_CHARS_MAX = 36;

export function isExtension(number: string): boolean {
  return EXTENSION.test(number);
}

// As the server takes it: letters, digits and - . _ * # +
export function isNumber(text: string): boolean {
  return /^[\dA-Za-z._*#+-]{1,36}$/.test(text);
}

// "+1 (415) 555-0100" as it is typed → "+14155550100"
export function plainNumber(text: string): string {
  const bare = text.trim();
  return /^\+?[\d\s()./-]+$/.test(bare) ? bare.replace(/[\s()./-]/g, '') : bare;
}

export function shownNumber(number: string): string {
  const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  if (american) return `+1 ${american[1]} ${american[2]} ${american[3]}`;
  const german = /^\+49(30|40|69|89|\d{3})(\d{4})(\d{1,8})$/.exec(number);
  return german ? `+49 ${german[1]} ${german[2]} ${german[3]}` : number;
}
