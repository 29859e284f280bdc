// What changed between two versions of a callflow, block by block (blocks keep their ids).
import {
  type Block,
  type CallflowDocument,
  dataOf,
  idOf,
  type Place,
  sameJson,
  walk,
} from './document';

export interface FieldChange {
  name: string;
  before?: unknown;
  after?: unknown;
}

export interface BlockChange {
  kind: 'added' | 'removed' | 'changed' | 'moved';
  id: string;
  place: Place; // in the version that has it; the later one for changes
  fields: FieldChange[];
}

export interface Difference {
  head: FieldChange[]; // name, numbers and every other member but the flow
  blocks: BlockChange[];
  count: number;
}

function fieldChanges(before: Record<string, unknown>, after: Record<string, unknown>) {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names]
    .filter((name) => !sameJson(before[name], after[name]))
    .map((name): FieldChange => ({ name, before: before[name], after: after[name] }));
}

// What a block has beside its data and its place: module, notes and what we do not know.
function beside({ id: _, data: __, children: ___, ...rest }: Block): Record<string, unknown> {
  return rest;
}

function withoutFlow({ flow: _, ...head }: CallflowDocument): Record<string, unknown> {
  return head;
}

function parentOf(place: Place): string {
  return place.parent ? `${idOf(place.parent)}\n${place.key}` : '';
}

function changeOf(before: Place, after: Place): BlockChange | null {
  const id = idOf(after.block);
  const fields = [
    ...fieldChanges(dataOf(before.block), dataOf(after.block)),
    ...fieldChanges(beside(before.block), beside(after.block)),
  ];
  if (fields.length) return { kind: 'changed', id, place: after, fields };
  if (parentOf(before) !== parentOf(after)) return { kind: 'moved', id, place: after, fields };
  return null;
}

export function difference(before: CallflowDocument, after: CallflowDocument): Difference {
  const old = new Map(walk(before).map((place) => [idOf(place.block), place]));
  const now = new Map(walk(after).map((place) => [idOf(place.block), place]));
  const blocks: BlockChange[] = [];
  for (const [id, place] of now) {
    const was = old.get(id);
    if (!was)
      blocks.push({ kind: 'added', id, place, fields: fieldChanges({}, dataOf(place.block)) });
    else {
      const change = changeOf(was, place);
      if (change) blocks.push(change);
    }
  }
  for (const [id, place] of old) {
    if (now.has(id)) continue;
    blocks.push({ kind: 'removed', id, place, fields: fieldChanges(dataOf(place.block), {}) });
  }
  const head = fieldChanges(withoutFlow(before), withoutFlow(after));
  return { head, blocks, count: head.length + blocks.length };
}

// The later version with the removed blocks put back in, so that a diagram can show them.
export function removedUnder(before: CallflowDocument, after: CallflowDocument): Place[] {
  const now = new Set(walk(after).map((place) => idOf(place.block)));
  return walk(before).filter(
    (place) => !now.has(idOf(place.block)) && (!place.parent || now.has(idOf(place.parent))),
  );
}
