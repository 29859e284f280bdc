// Moments in the language of the app.
import { useTranslation } from 'react-i18next';

const MOMENT: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' };

export function useTimeWords() {
  const { language } = useTranslation().i18n;
  return {
    moment: (at_ms: number) => new Date(at_ms).toLocaleString(language, MOMENT),
    day: (at_ms: number) => new Date(at_ms).toLocaleDateString(language, { dateStyle: 'medium' }),
  };
}
