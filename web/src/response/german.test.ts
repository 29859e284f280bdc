import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { german } from './german';

const table = join(import.meta.dirname, '../../../server/model/response_code_table.cpp');
// C++ joins string literals that stand side by side.
const TEXT = /\.(?:explanation|instead) =\s*((?:"(?:[^"\\]|\\.)*"\s*)+)/g;

function texts(): string[] {
  return [...readFileSync(table, 'utf8').matchAll(TEXT)].map(([, literals = '']) =>
    [...literals.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, part]) => part).join(''),
  );
}

it('has what the server says of each code, and nothing else', () => {
  expect(texts().length).toBeGreaterThan(75);
  expect(Object.keys(german).sort()).toEqual([...new Set(texts())].sort());
});
