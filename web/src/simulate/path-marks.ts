// The simulated path on the diagram: numbers on its blocks, the rest pale.
import type { Simulation } from '@/api/types';
import { type CallflowDocument, idOf, walk } from '@/callflow/document';
import type { Marks } from '@/canvas/marks';
import { MAIN } from '@/editor/view-store';

export function pathMarks(document: CallflowDocument, simulation: Simulation): Map<string, Marks> {
  const marks = new Map<string, Marks>([[MAIN, { step: 1 }]]);
  simulation.path.forEach((step, index) => {
    if (!marks.has(step.block)) marks.set(step.block, { step: index + 2 });
  });
  for (const { block } of walk(document)) {
    if (!marks.has(idOf(block))) marks.set(idOf(block), { faded: true });
  }
  return marks;
}
