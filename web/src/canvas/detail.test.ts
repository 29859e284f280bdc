import { expect, it } from 'vitest';
import { nextBuilt } from './detail';

const ids = (count: number) => new Set(Array.from({ length: count }, (_, index) => `b${index}`));

it('builds a few blocks with every frame until all that are wanted are there', () => {
  const wanted = ids(40);
  let built: ReadonlySet<string> = new Set();
  const sizes: number[] = [];
  for (let next = nextBuilt(built, wanted); next !== built; next = nextBuilt(built, wanted)) {
    sizes.push(next.size - built.size);
    built = next;
  }
  expect(built).toEqual(wanted);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(6);
});

it('drops what is no longer wanted', () => {
  let built: ReadonlySet<string> = ids(60);
  const wanted = new Set(['b3', 'new']);
  for (let next = nextBuilt(built, wanted); next !== built; next = nextBuilt(built, wanted)) {
    built = next;
  }
  expect(built).toEqual(wanted);
});
