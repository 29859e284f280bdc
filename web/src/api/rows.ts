// Rows of a list in a document. A finding names a row by its place in what was sent; meanwhile rows
// are changed, moved and taken out. So each has a key, which it keeps.
import { ApiProblem } from './request';

const keys = new WeakMap<object, number>();
let nextKey = 1;

function keyOf(row: object): number {
  const key = keys.get(row) ?? nextKey++;
  keys.set(row, key);
  return key;
}

// As `namingRows` writes it.
export function rowPointer(list: string, row: object): string {
  return `${list}/${keyOf(row)}`;
}

export function changeRow<Row extends object>(rows: Row[], at: number, part: Partial<Row>): Row[] {
  return rows.map((one, index) => {
    if (index !== at) return one;
    const changed = { ...one, ...part };
    keys.set(changed, keyOf(one));
    return changed;
  });
}

// For the `catch` of a request that sent these rows: refuses with the same findings, which name
// the rows by their keys.
export function namingRows(list: string, rows: readonly object[] = []): (error: unknown) => never {
  const named = (pointer: string) => {
    const [index = '', ...below] = pointer.slice(list.length + 1).split('/');
    const row = pointer.startsWith(`${list}/`) ? rows[Number(index)] : undefined;
    return row ? [rowPointer(list, row), ...below].join('/') : pointer;
  };
  return (error) => {
    if (!(error instanceof ApiProblem)) throw error;
    const findings = (error.problem.findings ?? []).map((one) => ({
      ...one,
      pointer: named(one.pointer),
    }));
    throw new ApiProblem({ ...error.problem, findings });
  };
}
