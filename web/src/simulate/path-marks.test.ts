import { expect, it } from 'vitest';
import type { PathStep } from '@/api/types';
import type { CallflowDocument } from '@/callflow/document';
import { pathMarks } from './path-marks';

const step = (block: string, callflow: string): PathStep => {
  return { block, module: 'play', at_ms: 0, callflow, revision: 1 };
};
const flow = { id: 'n1', module: 'callflow', children: { _: { id: 'n2', module: 'play' } } };

// Ids such as n1 are in every callflow.
it.each([
  ['a saved callflow', { id: 'a', flow }, 'a'],
  ['one that was never saved', { flow }, 'simulated'],
])('marks the blocks of %s, not those of its sub-flows', (_, document: CallflowDocument, own) => {
  const marks = pathMarks(document, [
    step('n1', own),
    step('n2', 'another'),
    step('n1', 'another'),
  ]);
  expect(marks.get('n1')).toEqual({ step: 2 });
  expect(marks.get('n2')).toEqual({ faded: true });
});
