import { expect, it } from 'vitest';
import { clockOf, dateOf, daysIn, secondsOf } from './clock';

it('shows seconds after midnight as a clock', () => {
  expect([0, 32_400, 61_200, 86_400].map(clockOf)).toEqual(['00:00', '09:00', '17:00', '00:00']);
});

it('reads a clock; midnight ends the day', () => {
  expect(secondsOf('09:30', false)).toBe(34_200);
  expect(secondsOf('00:00', false)).toBe(0);
  expect(secondsOf('00:00', true)).toBe(86_400);
  expect(secondsOf('', true)).toBeUndefined();
});

it('reads the days of a month, and drops none', () => {
  expect(daysIn('24, 25 26,,')).toEqual([24, 25, 26]);
  expect(daysIn('24, 1st 32')).toEqual([24, 0, 32]);
  expect(daysIn(' ')).toEqual([]);
});

it('knows both forms of a date', () => {
  expect(dateOf('2026-12-24')).toBe('2026-12-24');
  expect(dateOf(63_965_289_600)).toBe('2026-12-24');
  expect(dateOf(undefined)).toBe('');
});
