import { expect, it } from 'vitest';
import { wrongAt } from './findings';
import { ApiProblem } from './request';
import { changeRow, namingRows, rowPointer } from './rows';

function refusalAt(...pointers: string[]): ApiProblem {
  const about = { type: 'about:blank', title: 'No', status: 422, detail: 'No.' };
  const usual = { severity: 'error', code: 'bad-value' } as const;
  const findings = pointers.map((pointer) => ({ ...usual, pointer, text: pointer }));
  return new ApiProblem({ ...about, findings });
}

function named(list: string, rows: object[] | undefined, problem: Error): unknown {
  try {
    return namingRows(list, rows)(problem);
  } catch (error) {
    return error;
  }
}

const rows = ['a', 'b', 'c'].map((id) => ({ id, delay: 0 }));
const [a, b, c] = rows as [object, object, object];
const at = (problem: unknown, row: object) => wrongAt(problem, rowPointer('/rows', row));

it('finds a row by what it was, wherever it stands', () => {
  const problem = named('/rows', rows, refusalAt('/rows/1/delay', '/rows/2'));
  const later = changeRow([c, b], 1, { delay: 5 });
  expect(later).toEqual([c, { ...b, delay: 5 }]);
  expect(later.map((one) => at(problem, one))).toEqual(['/rows/2', '/rows/1/delay']);
  expect(at(problem, a)).toBeUndefined();
  expect(wrongAt(problem, `${rowPointer('/rows', b)}/delay`)).toBe('/rows/1/delay');
  expect(wrongAt(problem, `${rowPointer('/rows', b)}/timeout`)).toBeUndefined();
});

it('counts the rows that were sent, not those that were typed', () => {
  const problem = named('/rows', [a, c], refusalAt('/rows/1/id'));
  expect(rows.map((one) => at(problem, one))).toEqual([undefined, undefined, '/rows/1/id']);
});

it('leaves everything else as it is', () => {
  const problem = named('/rows', undefined, refusalAt('/name', '/rows', '/rows/7', '/rowset/0'));
  for (const pointer of ['/name', '/rows/7', '/rowset'])
    expect(wrongAt(problem, pointer)).toBeTruthy();
  expect(named('/rows', rows, refusalAt())).toMatchObject({ status: 422, message: 'No.' });
  const gone = new Error('gone');
  expect(named('/rows', rows, gone)).toBe(gone);
});
