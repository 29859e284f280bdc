// Days, months and cycles in words.

import type { Cycle, Ordinal } from '@/api/schedule';
import { useTranslation } from '@/language/translate';

export const CYCLES: readonly Cycle[] = ['weekly', 'daily', 'monthly', 'yearly', 'date'];
export const ORDINALS: readonly Ordinal[] = [
  'every',
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'last',
];
export const WEEKDAYS: readonly string[] = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
];

// KAZOO writes one of them in its own way.
export function sameWeekday(one: string, other: string): boolean {
  const plain = (day: string) => (day === 'wensday' ? 'wednesday' : day);
  return plain(one) === plain(other);
}

const A_MONDAY = Date.UTC(2026, 5, 1);
const DAY_MS = 86_400_000;

export function useTimeWords() {
  const { t, language } = useTranslation();
  const format = (options: Intl.DateTimeFormatOptions, at: number) =>
    new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }).format(at);
  const cycles: Record<Cycle, string> = {
    date: t('On one date'),
    daily: t('Daily'),
    weekly: t('Weekly'),
    monthly: t('Monthly'),
    yearly: t('Yearly'),
  };
  const ordinals: Record<Ordinal, string> = {
    every: t('Every'),
    first: t('The first'),
    second: t('The second'),
    third: t('The third'),
    fourth: t('The fourth'),
    fifth: t('The fifth'),
    last: t('The last'),
  };
  return {
    cycles,
    ordinals,
    weekday: (day: string) =>
      format({ weekday: 'long' }, A_MONDAY + DAY_MS * Math.max(0, WEEKDAYS.indexOf(day))),
    month: (month: number) => format({ month: 'long' }, Date.UTC(2026, month - 1, 1)),
  };
}
