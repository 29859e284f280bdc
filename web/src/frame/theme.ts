// Light, dark, or what the system says; kept per browser.
const STORED = 'strowger.theme';

export type Theme = 'light' | 'dark' | 'system';

export function storedTheme(): Theme {
  const stored = localStorage.getItem(STORED);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

const darkSystem = () => matchMedia('(prefers-color-scheme: dark)');

export function applyTheme(theme: Theme = storedTheme()): void {
  const dark = theme === 'dark' || (theme === 'system' && darkSystem().matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(STORED, theme);
  applyTheme(theme);
}

export function watchSystemTheme(): void {
  darkSystem().addEventListener('change', () => applyTheme());
}
