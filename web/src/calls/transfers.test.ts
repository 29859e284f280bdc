import { describe, expect, it } from 'vitest';
import { translate } from '@/language/translate';
import { transferText } from './transfers';

describe('a transfer in words', () => {
  it.each([
    [0, 'blind', '1003', 'the caller sent the other party to 1003'],
    [2, 'blind', '1003', 'phone 2 sent the other party to 1003'],
    [1, 'attended', '', 'phone 1 connected the other party with –'],
  ] as const)('by %i, %s, to %s', (by, kind, to, text) => {
    expect(transferText({ at_ms: 0, by, kind, to }, translate)).toBe(text);
  });
});
