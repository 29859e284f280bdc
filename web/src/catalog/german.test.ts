import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { german } from '@/language/german';

const actions = join(import.meta.dirname, '../../../actions');
const NAMES = ['SIP Code', 'Alert-Info']; // of the product, of a header
const SHOWN = ['label', 'description', 'summary']; // a title is a name of the product and stays

function texts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(texts);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    SHOWN.includes(key) && typeof part === 'string' ? [part] : texts(part),
  );
}

it('has a word for every text of the actions', () => {
  const files = readdirSync(actions)
    .map((name) => join(actions, name, 'action.json'))
    .filter((file) => existsSync(file));
  expect(files.length).toBeGreaterThan(20);
  const all = files.flatMap((file) => texts(JSON.parse(readFileSync(file, 'utf8'))));
  expect(
    [...new Set(all)].filter((text) => text !== '' && !NAMES.includes(text) && !(text in german)),
  ).toEqual([]);
});
