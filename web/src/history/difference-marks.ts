// Added, changed and moved blocks marked on the diagram; removed ones are put back as marked.
import { difference, removedUnder } from '@/callflow/difference';
import { type CallflowDocument, childAt, findPlace, idOf } from '@/callflow/document';
import { insert } from '@/callflow/operations';
import type { Marks } from '@/canvas/marks';

export interface Marked {
  document: CallflowDocument;
  marks: Map<string, Marks>;
}

export function markDifference(older: CallflowDocument, now: CallflowDocument): Marked {
  const marks = new Map<string, Marks>();
  for (const { id, kind } of difference(older, now).blocks) marks.set(id, { change: kind });
  let shown = now;
  for (const place of removedUnder(older, now)) {
    const parent = place.parent ? findPlace(shown, idOf(place.parent)) : null;
    if (place.parent && !parent) continue;
    const taken = parent ? childAt(parent.block, place.key) !== undefined : false;
    const key = taken ? `${place.key} ` : place.key;
    const at = { under: parent ? idOf(parent.block) : null, key };
    const outcome = insert(shown, at, { ...place.block, children: {} });
    if (outcome.ok) shown = outcome.document;
  }
  return { document: shown, marks };
}
