import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { german } from '@/language/german';
import { chooseLanguage } from '@/language/language';
import { REFUSALS, refusalWords } from './refusals';

it('has German for every sentence', () => {
  expect(REFUSALS.filter((form) => !(form in german))).toEqual([]);
});

it('says in English what people can do, not what a program can send', () => {
  const text =
    'Callflows, ring groups or rule sets refer to this rule. Say replace_with, or force.';
  expect(refusalWords(text)).toBe(
    'Callflows, ring groups or rule sets refer to this rule. Take it out of them first.',
  );
});

describe('in German', () => {
  beforeAll(() => chooseLanguage('de'));
  afterAll(() => chooseLanguage('en'));

  it.each([
    ['ada changed the seat meanwhile.', 'Platz: ada hat das inzwischen geändert.'],
    ['ada deleted the ring group meanwhile.', 'Rufgruppe: ada hat das inzwischen gelöscht.'],
    ['+49 30 1 belongs to the callflow “A (b) “c””.', '+49 30 1 gehört dem Callflow „A (b) “c”“.'],
    [
      'The number 1001 belongs to the callflow “x1” (Front), which does not ring this seat.',
      'Die Nummer 1001 gehört dem Callflow „Front“, der diesen Platz nicht ruft.',
    ],
    ['there is no ring group “rg”', 'Rufgruppe „rg“ gibt es nicht.'],
    ['nobody knows this', 'Nobody knows this.'],
    ['What nobody knows.', 'What nobody knows.'],
  ])('%s', (text, said) => expect(refusalWords(text)).toBe(said));
});
