import { afterAll, beforeAll, expect, it } from 'vitest';
import { chooseLanguage, startLanguage } from '@/language/language';
import { ApiProblem } from './request';
import { hintOf, textOf, wholeTextOf } from './said';
import type { Finding } from './types';

beforeAll(async () => {
  await startLanguage();
  await chooseLanguage('de');
});
afterAll(() => chooseLanguage('en'));

const base = { severity: 'error', code: 'x', pointer: '' } as const;
const missing: Finding = {
  ...base,
  text: 'There is no seat “media” in this account.',
  text_form: 'There is no {{target}} “{{id}}” in this account.',
  hint: 'Add it, or choose another.',
  places: { target: 'seat', id: 'media' },
};

it('says a finding in German: our words, and names as they are', () => {
  expect(textOf(missing)).toBe('Platz „media“ gibt es in diesem Konto nicht.');
  expect(hintOf(missing)).toBe('Leg das an, oder wähle etwas anderes.');
  expect(wholeTextOf({ ...missing, hint: '' })).toBe(textOf(missing));
});

it('leaves what a name contains alone', () => {
  const id = '{{target}} $t(Media) <b>';
  expect(textOf({ ...missing, places: { target: 'seat', id } })).toContain(`„${id}“`);
});

it('says what it has no German for as the server says it', () => {
  const text = 'Nobody {{knows}} this.';
  expect(textOf({ ...base, text })).toBe(text);
  expect(textOf({ ...base, text: 'New: 7.', text_form: 'New: {{n}}.', places: { n: '7' } })).toBe(
    'New: 7.',
  );
});

it('calls members as their fields are called', async () => {
  const finding = {
    ...base,
    text: 'repeats has to be a whole number from 1 to 10.',
    text_form: '{{name}} has to be a whole number from {{minimum}} to {{maximum}}.',
    places: { name: 'repeats', minimum: '1', maximum: '10' },
  };
  expect(textOf(finding)).toBe('Runden muss eine ganze Zahl von 1 bis 10 sein.');
  await chooseLanguage('en');
  expect(textOf(finding)).toBe('Rounds has to be a whole number from 1 to 10.');
  await chooseLanguage('de');
});

it('is English when the app is', async () => {
  await chooseLanguage('en');
  expect(textOf(missing)).toBe(missing.text);
  await chooseLanguage('de');
});

it('says what refuses a request, too', () => {
  const problem = { type: 'about:blank', title: 'Conflict', status: 409 };
  const told = new ApiProblem({ ...problem, detail: missing.text, findings: [missing] });
  expect(told.message).toBe('Platz „media“ gibt es in diesem Konto nicht.');
  const plain = new ApiProblem({ ...problem, detail: 'The current password is wrong.' });
  expect(plain.message).toBe('Das jetzige Passwort ist falsch.');
});
