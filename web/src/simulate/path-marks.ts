// The path of a call on the diagram: numbers on its blocks, the rest pale.
import type { PathStep } from '@/api/types';
import { type CallflowDocument, idOf, walk } from '@/callflow/document';
import type { Marks } from '@/canvas/marks';
import { MAIN } from '@/editor/view-store';

const NEVER_SAVED = 'simulated'; // as the server calls a document without an id

// A call that went through several callflows has steps in each.
export function isOwn(step: PathStep, { id = NEVER_SAVED }: CallflowDocument): boolean {
  return !step.callflow || step.callflow === id;
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
