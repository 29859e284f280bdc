// A callflow document as the server keeps it: KAZOO-shaped JSON. Members that the app does not
// know are carried along untouched, so every function here copies and never rebuilds.

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

export interface Block {
  id?: string;
  module: string;
  data?: JsonObject;
  notes?: string; // for people
  children?: Record<string, Block>;
  [unknown: string]: unknown;
}

export interface CallflowDocument {
  id?: string;
  name?: string;
  numbers?: string[];
  patterns?: string[];
  notes?: string;
  flow?: Block | Record<string, never>;
  [unknown: string]: unknown;
}

export const DEFAULT_BRANCH = '_';
export const NAME_CHARS_MAX = 128;
export const BRANCH_KEY_BYTES_MAX = 128;

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isBlock(value: unknown): value is Block {
  return isObject(value) && typeof value.module === 'string';
}

export function rootOf(document: CallflowDocument): Block | null {
  return isBlock(document.flow) ? document.flow : null;
}

// [key, child] in the order in which people read them: the default branch comes last.
export function childrenOf(block: Block): [string, Block][] {
  if (!isObject(block.children)) return [];
  const entries = Object.entries(block.children).filter((entry) => isBlock(entry[1]));
  return entries.sort(([a], [b]) => Number(a === DEFAULT_BRANCH) - Number(b === DEFAULT_BRANCH));
}

export function childAt(block: Block, key: string): Block | undefined {
  if (!isObject(block.children) || !Object.hasOwn(block.children, key)) return undefined;
  const child = block.children[key];
  return isBlock(child) ? child : undefined;
}

export function idOf(block: Block): string {
  return typeof block.id === 'string' ? block.id : '';
}

export interface Place {
  block: Block;
  parent: Block | null; // null: the first block, under the Main Callflow Block
  key: string; // under `parent`; "_" for the first block
  path: string[]; // ids from the first block to this one
}

// A document never changes once it is made, so what was walked once is remembered with it.
interface Walk {
  places: readonly Place[];
  byId: ReadonlyMap<string, Place>;
}
const walked = new WeakMap<CallflowDocument, Walk>();

// Without recursion: imported flows are up to 10,000 blocks long.
function walkAll(document: CallflowDocument): Walk {
  const root = rootOf(document);
  const places: Place[] = [];
  const open: Place[] = root
    ? [{ block: root, parent: null, key: DEFAULT_BRANCH, path: [idOf(root)] }]
    : [];
  for (let place = open.pop(); place; place = open.pop()) {
    places.push(place);
    for (const [key, block] of childrenOf(place.block).reverse()) {
      open.push({ block, parent: place.block, key, path: [...place.path, idOf(block)] });
    }
  }
  const byId = new Map<string, Place>();
  for (const place of places) {
    if (!byId.has(idOf(place.block))) byId.set(idOf(place.block), place);
  }
  return { places, byId };
}

function walkOf(document: CallflowDocument): Walk {
  const known = walked.get(document);
  if (known) return known;
  const fresh = walkAll(document);
  walked.set(document, fresh);
  return fresh;
}

// Every block, parents before children.
export function walk(document: CallflowDocument): readonly Place[] {
  return walkOf(document).places;
}

export function findPlace(document: CallflowDocument, id: string): Place | null {
  return walkOf(document).byId.get(id) ?? null;
}

export function subtreeIds(block: Block): Set<string> {
  const ids = new Set<string>();
  const open = [block];
  for (let one = open.pop(); one; one = open.pop()) {
    ids.add(idOf(one));
    for (const [, child] of childrenOf(one)) open.push(child);
  }
  return ids;
}

export function isSkipped(block: Block): boolean {
  return isObject(block.data) && block.data.skip_module === true;
}

export function dataOf(block: Block): JsonObject {
  return isObject(block.data) ? (block.data as JsonObject) : {};
}

export function notesOf({ notes }: { notes?: unknown }): string {
  return typeof notes === 'string' ? notes : '';
}

export function emptyDocument(): CallflowDocument {
  return { name: '', numbers: [], flow: {} };
}

// Equal in meaning: the order of members does not count, that of list items does.
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true; // also 0 and -0, which JSON writes alike
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a).filter((name) => a[name] !== undefined);
  const others = Object.keys(b).filter((name) => b[name] !== undefined);
  return (
    names.length === others.length &&
    names.every((name) => Object.hasOwn(b, name) && sameJson(a[name], b[name]))
  );
}
