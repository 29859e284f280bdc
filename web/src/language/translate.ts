// From the English text to that of the chosen language. The English text is the key: {{name}} stands
// for a value, and where `count` is given, `key_one` and `key_other` are looked up first. What has
// no translation stays English.
import { useSyncExternalStore } from 'react';
import { english } from './english';

export type Words = Readonly<Record<string, string>>;
export type Translate = (text: string, values?: Readonly<Record<string, unknown>>) => string;

interface Spoken {
  language: string;
  t: Translate;
}

const PLACE = /{{(\w+)}}/g;

function found(words: Words, text: string): string | undefined {
  return Object.hasOwn(words, text) ? words[text] : undefined;
}

function filled(text: string, values: Readonly<Record<string, unknown>>): string {
  return text.replace(PLACE, (_, name: string) => String(values[name] ?? ''));
}

function speak(language: string, words: Words): Spoken {
  const plurals = new Intl.PluralRules(language);
  const t: Translate = (text, values) => {
    if (!values) return found(words, text) ?? text;
    const { count } = values;
    const plural = typeof count === 'number' ? `${text}_${plurals.select(count)}` : text;
    const form = found(words, plural) ?? found(words, text) ?? found(english, plural) ?? text;
    return filled(form, values);
  };
  return { language, t };
}

let spoken = speak('en', english);
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function setLanguage(language: string, words: Words): void {
  spoken = speak(language, words);
  for (const listener of listeners) listener();
}

// Outside of components, for what is said once.
export const translate: Translate = (text, values) => spoken.t(text, values);

export function useTranslation(): Spoken {
  return useSyncExternalStore(subscribe, () => spoken);
}
