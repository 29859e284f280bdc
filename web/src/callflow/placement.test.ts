import { describe, expect, it } from 'vitest';
import type { Action } from '@/api/types';
import type { Translate } from '@/language/translate';
import type { CallflowDocument } from './document';
import { type Carried, placeBefore, placeUnder } from './placement';

const action = (name: string, more: Partial<Action>): Action => ({
  name,
  title: name,
  group: 'basic',
  summary: '',
  branches: 'one',
  params: {},
  ...more,
});

const MENU = action('menu', { branches: 'keyed', keys: { pattern: '[0-9]' } });
const PLAY = action('play', {});
const RESPONSE = action('response', { branches: 'none' });
const catalog = new Map([MENU, PLAY, RESPONSE].map((one) => [one.name, one]));
const t: Translate = (text, values = {}) =>
  text.replace(/{{(\w+)}}/g, (_, name: string) => String(values[name]));

const callflow: CallflowDocument = {
  flow: {
    id: 'play',
    module: 'play',
    children: {
      _: { id: 'menu', module: 'menu', children: { '1': { id: 'end', module: 'response' } } },
    },
  },
};

const carried = (one: Action): Carried => ({ action: one, title: one.title });
const under = (id: string | null, one: Action, key?: string) =>
  placeUnder(callflow, catalog, { under: id, ...(key ? { key } : {}) }, carried(one), t);

describe('a dragged action', () => {
  it('asks for the branch of a block that has several', () => {
    const target = { under: 'menu', key: '2' };
    expect(under('menu', RESPONSE)).toEqual({ legal: true, target, askKey: true });
  });

  it('takes the branch that was pointed at, if it is free', () => {
    const target = { under: 'menu', key: '5' };
    expect(under('menu', RESPONSE, '5')).toEqual({ legal: true, target, askKey: false });
    expect(under('menu', RESPONSE, '1').legal).toBe(false);
  });

  it('goes between a block and the one that follows it', () => {
    const target = { before: 'menu' };
    expect(under('play', PLAY)).toEqual({ legal: true, target, askKey: false });
    expect(under(null, PLAY)).toEqual({ legal: true, target: { before: 'play' }, askKey: false });
  });

  it.each([
    ['end', PLAY, 'response ends the call: nothing can follow it'],
    ['play', RESPONSE, 'response ends the call, so it can’t go before menu'],
    ['gone', PLAY, 'That block is not there any more'],
  ])('is refused under “%s”, with the reason', (id, one, reason) => {
    expect(under(id, one)).toEqual({ legal: false, reason });
  });
});

it('a moved block never goes below or before itself', () => {
  const block = callflow.flow?.children?._;
  if (!block) throw new Error('no menu');
  const moved: Carried = { ...carried(MENU), block };
  const reason = 'A block can’t go below itself';
  expect(placeUnder(callflow, catalog, { under: 'end' }, moved, t)).toEqual({
    legal: false,
    reason,
  });
  expect(placeBefore(callflow, catalog, 'end', moved, t)).toEqual({ legal: false, reason });
});
