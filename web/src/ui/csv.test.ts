import { expect, test } from 'vitest';
import { csv } from './csv';

test('cells are quoted where they have to be', () => {
  expect(
    csv([
      ['a', 1, 'b,c'],
      ['say "no"', '', 'x;y\nz'],
    ]),
  ).toBe('a,1,"b,c"\r\n"say ""no""",,"x;y\nz"\r\n');
});

test('nothing becomes a formula, and numbers stay what they are', () => {
  expect(csv([['=1+1', '+SUM(A1)', '@x', '-2+3=', '+49 30 123', '-5']])).toBe(
    "'=1+1,'+SUM(A1),'@x,'-2+3=,+49 30 123,-5\r\n",
  );
});
