// Moments in the language of the app.
import { useTranslation } from '@/language/translate';

const MOMENT: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' };

const CLOCK: Intl.DateTimeFormatOptions = { timeStyle: 'medium' };
const DAY_AND_CLOCK: Intl.DateTimeFormatOptions = {
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
};

function isToday(at_ms: number): boolean {
  return new Date(at_ms).toDateString() === new Date().toDateString();
}

export function useTimeWords() {
  const { language } = useTranslation();
  return {
    moment: (at_ms: number) => new Date(at_ms).toLocaleString(language, MOMENT),
    // With the day where it is not today.
    clock: (at_ms: number) =>
      new Date(at_ms).toLocaleString(language, isToday(at_ms) ? CLOCK : DAY_AND_CLOCK),
    day: (at_ms: number) => new Date(at_ms).toLocaleDateString(language, { dateStyle: 'medium' }),
  };
}
