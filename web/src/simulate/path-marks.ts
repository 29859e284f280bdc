// The path of a call on the diagram: numbers on its blocks, the rest pale.
import type { PathStep } from '@/api/types';
import { type CallflowDocument, idOf, walk } from '@/callflow/document';
import type { Marks } from '@/canvas/marks';
import { MAIN } from '@/editor/view-store';

// A call that went through several callflows has steps in each.
export function isOwn(step: PathStep, document: CallflowDocument): boolean {
  return !step.callflow || step.callflow === document.id;
}

export function pathMarks(
  document: CallflowDocument,
  path: readonly PathStep[],
): Map<string, Marks> {
  const marks = new Map<string, Marks>([[MAIN, { step: 1 }]]);
  path.forEach((step, index) => {
    if (isOwn(step, document) && !marks.has(step.block)) {
      marks.set(step.block, { step: index + 2 });
    }
  });
  for (const { block } of walk(document)) {
    if (!marks.has(idOf(block))) marks.set(idOf(block), { faded: true });
  }
  return marks;
}
