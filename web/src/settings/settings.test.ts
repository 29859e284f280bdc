import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { USUAL_RESPONSES } from './cause-responses';
import { moved } from './number-classes';
import { USUAL_LIMITS } from './outbound-limits';
import { USUAL_CLASSES } from './settings';

const server = (file: string) =>
  readFileSync(join(import.meta.dirname, '../../../server/model', file), 'utf8');

test('the usual classes are those of the server', () => {
  const source = server('dial_plan.cpp');
  const table = source.slice(source.indexOf('default_number_classes() {'));
  const body = table.slice(0, table.indexOf('return table'));
  const texts = [...body.matchAll(/R"\((.*?)\)"|"(\d[\d|]+)"/g)].map((one) => one[1] ?? one[2]);
  expect(texts.join('')).toBe(USUAL_CLASSES.map((one) => one.pattern).join(''));
});

test('the usual limits are those of the server', () => {
  const source = server('account_settings.hpp');
  for (const [name, most] of Object.entries(USUAL_LIMITS)) {
    const told = source.match(new RegExp(`int64_t ${name} = ([\\d']+);`))?.[1];
    expect(told?.replace("'", '')).toBe(String(most));
  }
});

test('the usual responses are those of the server', () => {
  const source = server('hangup_cause.cpp');
  for (const [cause, { code, message }] of Object.entries(USUAL_RESPONSES)) {
    expect(source).toMatch(new RegExp(String.raw`\{"${cause}", \d+, ${code}, "${message}"\}`));
  }
});

test('a row moves by one place', () => {
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
});
