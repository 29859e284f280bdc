import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Action } from '@/api/types';
import { german } from '@/language/german';
import { translate } from '@/language/translate';
import { faceOf, type Names } from './face';
import { VALUE_WORDS } from './value-words';

const folder = join(import.meta.dirname, '../../../actions');
const actions = readdirSync(folder)
  .map((name) => join(folder, name, 'action.json'))
  .filter((file) => existsSync(file))
  .map((file): Action => JSON.parse(readFileSync(file, 'utf8')));
const names: Names = {
  media: new Map(),
  callflows: new Map(),
  ringGroups: new Map([['sales', 'Sales']]),
};

function blockValue(module: string, data: Record<string, string | number>): string {
  const action = actions.find((one) => one.name === module);
  return faceOf({ module, data }, action, names, translate).value;
}

it('has a word for every value that a setting can have', () => {
  const all = actions.flatMap(({ name, params }) =>
    Object.entries(params).map(([param, { enum: values = [] }]) => {
      const words = VALUE_WORDS[`${name}.${param}`] ?? {};
      return values
        .filter((value) => !(String(value) in words))
        .map((v) => `${name}.${param}: ${v}`);
    }),
  );
  expect(all.flat()).toEqual([]);
});

it('has German for every such word', () => {
  const words = Object.values(VALUE_WORDS).flatMap((one) => Object.values(one));
  expect([...new Set(words)].filter((word) => !(word in german))).toEqual([]);
});

it.each([
  ['do_not_disturb', { action: 'activate' }, 'Turn on'],
  ['do_not_disturb', {}, 'Turn on or off'],
  ['do_not_disturb', { action: 'of another server' }, 'of another server'],
  ['privacy', { mode: 'full' }, 'Name and number'],
  ['sleep', { duration: 5, unit: 'm' }, 'Sleep 5 min'],
  ['temporal_route', { action: 'reset' }, 'By time again'],
  ['temporal_route', {}, 'Time of Day'],
  ['ring_group', { id: 'sales' }, 'Sales'],
  ['ring_group', { id: 'sales', name: 'Here' }, 'Here'],
  ['ring_group', {}, 'Ring Group'],
])('%s %j shows %s on its block', (module, data, value) => {
  expect(blockValue(module, data)).toBe(value);
});
