import { expect, test } from 'vitest';
import { endOfDay, LIFE_DAYS_MAX, lifeDays, localDay } from './life';

const noon = new Date('2026-11-23T12:00:00').getTime();

test('days are those of the calendar', () => {
  expect(localDay(noon, 0)).toBe('2026-11-23');
  expect(localDay(noon, 8)).toBe('2026-12-01');
  expect(lifeDays('2026-12-01', noon)).toBe(8);
  expect(lifeDays('2026-11-20', noon)).toBe(0);
  expect(lifeDays('', noon)).toBe(0);
});

test('the longest life is one that the server takes', () => {
  const early = new Date('2026-11-23T00:00:01').getTime();
  const life_ms = endOfDay(localDay(early, LIFE_DAYS_MAX)) - early;
  expect(life_ms).toBeLessThan(366 * 24 * 3_600_000);
});
