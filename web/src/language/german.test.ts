import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { german } from './german';

const source = join(import.meta.dirname, '..');
const CALL = /\b(?:t|translate)\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g;

function untranslated(texts: Iterable<string>): string[] {
  return [...new Set(texts)].filter((text) => !(text in german) && !(`${text}_other` in german));
}

function inSource(): string[] {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' });
  return files
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'))
    .flatMap((name) => [...readFileSync(join(source, name), 'utf8').matchAll(CALL)])
    .map(([, single, double]) => single ?? double ?? '');
}

it('has a word for every text of the app', () => expect(untranslated(inSource())).toEqual([]));
