// The words behind the code: which characters may stand in a SIP status line (RFC 3261 §25.1).
// The server checks the same again (server/model/reason_phrase.hpp).

export const MESSAGE_BYTES_MAX = 128;

export interface MessageCheck {
  bytes: number;
  ascii: boolean;
  problem:
    | { kind: 'long' }
    | { kind: 'character'; at: number; shown: string; fixed: string }
    | null;
}

const LEGAL = /[A-Za-z0-9\-_.!~*'();/?:@&=+$, \t\u0080-\u{10ffff}]/u;
const NAMES: Record<string, string> = { '\n': 'line break', '\r': 'line break', '\0': 'NUL' };
const INSTEAD: Record<string, string> = {
  '"': "'",
  '<': '(',
  '>': ')',
  '[': '(',
  ']': ')',
  '{': '(',
  '}': ')',
  '\\': '/',
  '|': '/',
  '`': "'",
  '^': '',
  '#': 'No. ',
  '%': '%25',
};

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function isLegalAt(text: string, at: number, character: string): boolean {
  if (character === '%') return /^%[0-9A-Fa-f]{2}/.test(text.slice(at));
  return LEGAL.test(character) && character !== '\u007f';
}

export function checkMessage(text: string): MessageCheck {
  const bytes = byteLength(text);
  const ascii = bytes === text.length;
  let at = 0;
  for (const character of text) {
    if (!isLegalAt(text, at, character)) {
      const shown = NAMES[character] ?? (character < ' ' ? 'control character' : character);
      const fixed = text.slice(0, at) + (INSTEAD[character] ?? ' ') + text.slice(at + 1);
      return { bytes, ascii, problem: { kind: 'character', at: at + 1, shown, fixed } };
    }
    at += character.length;
  }
  return { bytes, ascii, problem: bytes > MESSAGE_BYTES_MAX ? { kind: 'long' } : null };
}

export function repaired(text: string): string {
  let current = text;
  for (let turn = 0; turn < text.length * 4; turn += 1) {
    const { problem } = checkMessage(current);
    if (problem?.kind !== 'character') return current;
    current = problem.fixed;
  }
  return current;
}
