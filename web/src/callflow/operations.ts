// What an editor does to a callflow: perform(document) → document. Pure; the old document stays
// as it was, which is what undo needs. An operation that would lose a subtree or a key is refused
// with a reason for people instead.
import { newId, withFreshIds } from './block-ids';
import {
  type Block,
  type CallflowDocument,
  childAt,
  DEFAULT_BRANCH,
  dataOf,
  findPlace,
  idOf,
  type JsonObject,
  notesOf,
  rootOf,
  subtreeIds,
} from './document';
import { dropChild, renameChild, replaceAt, setChild } from './rewrite';

export type Refusal =
  | 'gone' // the block is not there any more
  | 'occupied' // that branch has a block already
  | 'own-subtree'; // a block can't go below itself

export type Outcome =
  | { ok: true; document: CallflowDocument; id: string }
  | { ok: false; refusal: Refusal };

// Where a block goes: under a parent (null: the first block) by a key, or before another block,
// whose branch it takes over.
export type Target = { under: string | null; key: string } | { before: string };

function refuse(refusal: Refusal): Outcome {
  return { ok: false, refusal };
}

function changeBlock(
  document: CallflowDocument,
  path: readonly string[],
  change: (block: Block) => Block,
): CallflowDocument {
  const root = rootOf(document);
  return root ? { ...document, flow: replaceAt(root, path, change) } : document;
}

export function insert(document: CallflowDocument, target: Target, block: Block): Outcome {
  if ('before' in target) return insertBefore(document, target.before, block);
  if (target.under === null) {
    if (rootOf(document)) return refuse('occupied');
    return { ok: true, document: { ...document, flow: block }, id: idOf(block) };
  }
  const place = findPlace(document, target.under);
  if (!place) return refuse('gone');
  if (childAt(place.block, target.key)) return refuse('occupied');
  const next = changeBlock(document, place.path, (parent) => setChild(parent, target.key, block));
  return { ok: true, document: next, id: idOf(block) };
}

function insertBefore(document: CallflowDocument, id: string, block: Block): Outcome {
  const place = findPlace(document, id);
  if (!place) return refuse('gone');
  if (childAt(block, DEFAULT_BRANCH)) return refuse('occupied');
  const carrying = setChild(block, DEFAULT_BRANCH, place.block);
  return {
    ok: true,
    document: changeBlock(document, place.path, () => carrying),
    id: idOf(block),
  };
}

export function remove(document: CallflowDocument, id: string): Outcome {
  const place = findPlace(document, id);
  if (!place) return refuse('gone');
  if (!place.parent) return { ok: true, document: { ...document, flow: {} }, id };
  const next = changeBlock(document, place.path.slice(0, -1), (parent) =>
    dropChild(parent, place.key),
  );
  return { ok: true, document: next, id };
}

// The subtree goes along. Nothing is changed when any part of it is impossible.
export function move(document: CallflowDocument, id: string, target: Target): Outcome {
  const place = findPlace(document, id);
  if (!place) return refuse('gone');
  const destination = 'before' in target ? target.before : target.under;
  if (destination !== null && subtreeIds(place.block).has(destination)) {
    return refuse('own-subtree');
  }
  const without = remove(document, id);
  if (!without.ok) return without;
  if (!('before' in target)) return insert(without.document, target, place.block);
  return insertBefore(without.document, target.before, place.block);
}

// The key under `parent` for a block that comes along with `wanted`: kept where it is free.
export function keptKey(
  document: CallflowDocument,
  parent: string | null,
  wanted: string,
  offered: readonly string[],
): string | null {
  if (parent === null) return rootOf(document) ? null : DEFAULT_BRANCH;
  const place = findPlace(document, parent);
  if (!place) return null;
  const free = (key: string) => !childAt(place.block, key);
  if (offered.includes(wanted) && free(wanted)) return wanted;
  return offered.find(free) ?? null;
}

export function paste(document: CallflowDocument, target: Target, subtree: Block): Outcome {
  return insert(document, target, withFreshIds(subtree));
}

export function renameKey(document: CallflowDocument, id: string, key: string): Outcome {
  const place = findPlace(document, id);
  if (!place?.parent) return refuse('gone');
  if (place.key === key) return { ok: true, document, id };
  if (childAt(place.parent, key)) return refuse('occupied');
  const next = changeBlock(document, place.path.slice(0, -1), (parent) =>
    renameChild(parent, place.key, key),
  );
  return { ok: true, document: next, id };
}

export function withNotes<Kind extends { notes?: string }>(kind: Kind, notes: string): Kind {
  const { notes: _, ...rest } = kind;
  return (notes.trim() ? { ...rest, notes } : rest) as Kind;
}

// What the pop-up of a block can change, in one step.
export function edit(
  document: CallflowDocument,
  id: string,
  { data, notes }: { data: JsonObject; notes: string },
): Outcome {
  const place = findPlace(document, id);
  if (!place) return refuse('gone');
  const next = changeBlock(document, place.path, (block) => withNotes({ ...block, data }, notes));
  return { ok: true, document: next, id };
}

export function setData(document: CallflowDocument, id: string, data: JsonObject): Outcome {
  const place = findPlace(document, id);
  return place ? edit(document, id, { data, notes: notesOf(place.block) }) : refuse('gone');
}

// A bypassed block (`skip_module`) stays where it is; calls go on by its default branch.
export function bypass(document: CallflowDocument, id: string, on: boolean): Outcome {
  const place = findPlace(document, id);
  if (!place) return refuse('gone');
  const { skip_module: _, ...rest } = dataOf(place.block);
  return setData(document, id, on ? { ...rest, skip_module: true } : rest);
}

export function newBlock(module: string, data: JsonObject = {}): Block {
  return { id: newId(), module, data, children: {} };
}
