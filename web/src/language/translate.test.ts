import { act, renderHook } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { chooseLanguage } from './language';
import { translate, useTranslation } from './translate';

afterEach(() => chooseLanguage('en'));

it('says the English text itself, with the values in it as they are', () => {
  expect(translate('Move to…')).toBe('Move to…');
  const name = '{{name}} $& <b>';
  expect(translate('{{name}} is saved', { name })).toBe(`${name} is saved`);
  expect(translate('toString')).toBe('toString');
});

it.each([
  ['en', 1, '1 block'],
  ['en', 0, '0 blocks'],
  ['de', 1, '1 Block'],
  ['de', 2, '2 Blöcke'],
])('in %s, %i of them: %s', async (language, count, text) => {
  await chooseLanguage(language);
  expect(translate('{{count}} blocks', { count })).toBe(text);
});

it('says English where there is no translation', async () => {
  await chooseLanguage('de');
  expect(translate('Nobody said {{what}}', { what: 'this' })).toBe('Nobody said this');
});

it('speaks English when it is asked for a language that it does not have', async () => {
  await chooseLanguage('xx-nonsense-');
  expect(document.documentElement.lang).toBe('en');
});

it('shows what is on the screen in the language chosen meanwhile', async () => {
  const { result } = renderHook(() => useTranslation());
  expect(result.current.t('Cancel')).toBe('Cancel');
  await act(() => chooseLanguage('de'));
  expect(result.current.t('Cancel')).toBe('Abbrechen');
  expect(result.current.language).toBe('de');
});
