import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const read = (file: string) => readFileSync(join(import.meta.dirname, file), 'utf8');

it('has words for everything that the server notes', () => {
  const noted = read('../../../server/api/routes.cpp').matchAll(/"([a-z_]+\.[a-z]+)"/g);
  const words = read('words.ts');
  const unsaid = [...noted].filter(([, action]) => !words.includes(`'${action}':`));
  expect(unsaid.map(([, action]) => action)).toEqual([]);
});
