// The English text is the key; other languages are fetched when they are chosen.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { english } from './english';

export const LANGUAGES = [
  { id: 'en', name: 'English' },
  { id: 'de', name: 'Deutsch' },
] as const;
const STORED = 'strowger.language';

async function load(language: string): Promise<void> {
  if (language !== 'de' || i18next.hasResourceBundle('de', 'translation')) return;
  const { german } = await import('./german');
  i18next.addResourceBundle('de', 'translation', german);
}

export async function startLanguage(): Promise<void> {
  const stored = localStorage.getItem(STORED);
  const wanted = stored ?? (navigator.language.startsWith('de') ? 'de' : 'en');
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    keySeparator: false,
    nsSeparator: false,
    resources: { en: { translation: english } },
    interpolation: { escapeValue: false }, // React escapes
    returnEmptyString: false,
  });
  await chooseLanguage(wanted);
}

export async function chooseLanguage(language: string): Promise<void> {
  await load(language);
  await i18next.changeLanguage(language);
  localStorage.setItem(STORED, language);
  document.documentElement.lang = language;
}
