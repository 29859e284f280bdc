// Every text that the sources name has a German one, with both of its plurals.
import { expect, it } from 'vitest';
import { german } from './german';

const sources = import.meta.glob<string>(
  ['../**/*.{ts,tsx}', '!../testing/**', '!../**/*.test.*'],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
);
const TEXT = /\bt\(\s*(?:'((?:[^'\\]|\\.)+)'|"([^"]+)")\s*[,)]/g;

function textsOf(source: string): string[] {
  return [...source.matchAll(TEXT)].map((found) =>
    (found[1] ?? found[2] ?? '').replace(/\\'/g, "'"),
  );
}

function missing(text: string): string[] {
  const plurals = text.includes('{{count}}') && `${text}_other` in german;
  const wanted = plurals ? [`${text}_one`, `${text}_other`] : [text];
  return wanted.filter((one) => !(one in german));
}

it('has every text', () => {
  const texts = new Set(Object.values(sources).flatMap(textsOf));
  expect(texts.size).toBeGreaterThan(400);
  expect([...texts].flatMap(missing).sort()).toEqual([]);
});
