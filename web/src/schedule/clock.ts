// Between what forms show ("09:00", "24, 26") and what documents hold (seconds, numbers).
import type { RuleDocument } from '@/api/schedule';

const DAY_S = 86_400;

export function clockOf(seconds: number): string {
  const minutes = Math.floor((seconds % DAY_S) / 60);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

// "00:00" at the end of a window is the end of the day.
export function secondsOf(clock: string, end: boolean): number | undefined {
  const found = /^(\d{2}):(\d{2})/.exec(clock);
  if (!found) return undefined;
  const seconds = Number(found[1]) * 3600 + Number(found[2]) * 60;
  return end && seconds === 0 ? DAY_S : seconds;
}

// What is no number becomes day 0: the server refuses that, as it does day 32, and says so.
export function daysIn(text: string): number[] {
  const parts = text.split(/[\s,]+/).filter(Boolean);
  return parts.map((part) => (/^\d{1,4}$/.test(part) ? Number(part) : 0));
}

const EPOCH_GREGORIAN_S = 62_167_219_200; // 1970 in seconds since the year 0, as KAZOO counts

export function dateOf(start: RuleDocument['start_date']): string {
  if (typeof start !== 'number') return start ?? '';
  return new Date((start - EPOCH_GREGORIAN_S) * 1000).toISOString().slice(0, 10);
}
