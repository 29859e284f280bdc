// Which language the app speaks; those besides English are fetched when they are chosen.
import { english } from './english';
import { setLanguage } from './translate';

export const LANGUAGES = [
  { id: 'en', name: 'English' },
  { id: 'de', name: 'Deutsch' },
] as const;
const STORED = 'strowger.language';

export async function startLanguage(): Promise<void> {
  const stored = localStorage.getItem(STORED);
  await chooseLanguage(stored ?? (navigator.language.startsWith('de') ? 'de' : 'en'));
}

export async function chooseLanguage(wanted: string): Promise<void> {
  const language = LANGUAGES.find((one) => one.id === wanted)?.id ?? 'en';
  const words = language === 'de' ? (await import('./german')).german : english;
  setLanguage(language, words);
  localStorage.setItem(STORED, language);
  document.documentElement.lang = language;
}
