import { expect, test } from 'vitest';
import { pageAfter } from './login-page';

test('after signing in: the page before, of this app only', () => {
  expect(pageAfter('/numbers')).toBe('/numbers');
  expect(pageAfter('/callflows/abc?x=1')).toBe('/callflows/abc?x=1');
  for (const foreign of [
    undefined,
    '',
    'numbers',
    '//evil.example',
    '/\\evil.example',
    'http://e',
  ]) {
    expect(pageAfter(foreign)).toBe('/callflows');
  }
});
