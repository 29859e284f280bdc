// Any callflow, any sequence of operations on it, and the callflows of the corpus: for properties.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { withIds } from '../callflow/block-ids';
import {
  type Block,
  type CallflowDocument,
  findPlace,
  idOf,
  isObject,
  walk,
} from '../callflow/document';
import {
  bypass,
  edit,
  insert,
  move,
  newBlock,
  type Outcome,
  paste,
  remove,
  renameKey,
} from '../callflow/operations';

export const keys = fc.constantFrom(
  '_',
  '1',
  '2',
  'timeout',
  '__proto__',
  'constructor',
  '~/',
  'ü',
);

function blocks(depth: number): fc.Arbitrary<Block> {
  const child = depth === 0 ? null : blocks(depth - 1);
  const branches = child
    ? fc.uniqueArray(fc.tuple(keys, child), { maxLength: 3, selector: ([key]) => key })
    : fc.constant<[string, Block][]>([]);
  return fc
    .record({
      module: fc.constantFrom('menu', 'play', 'response', 'never_heard_of'),
      data: fc.dictionary(fc.string({ maxLength: 4 }), fc.jsonValue({ maxDepth: 1 })),
      extra: fc.jsonValue({ maxDepth: 1 }),
      branches,
    })
    .map(({ module, data, extra, branches }) => {
      return { module, data, extra, children: Object.fromEntries(branches) } as Block;
    });
}

export const documents = blocks(4).map((flow) =>
  withIds({ name: 'any', flow, more: { kept: true } }),
);

const WHAT = [
  'insert',
  'insert before',
  'move',
  'move before',
  'paste',
  'rename',
  'bypass',
  'note',
  'remove',
] as const;

export interface Step {
  what: (typeof WHAT)[number];
  a: number; // which block; counted round
  b: number; // which other block
  key: string;
}

export const steps = fc.array(
  fc.record({ what: fc.constantFrom(...WHAT), a: fc.nat(30), b: fc.nat(30), key: keys }),
  { maxLength: 25 },
);

export function blockOf(document: CallflowDocument, number: number): string {
  const places = walk(document);
  const place = places[number % Math.max(places.length, 1)];
  return place ? idOf(place.block) : 'none';
}

export function performStep(document: CallflowDocument, step: Step): Outcome {
  const a = blockOf(document, step.a);
  const b = blockOf(document, step.b);
  const fresh = newBlock('response', { code: 480 });
  const block = findPlace(document, a)?.block ?? fresh;
  switch (step.what) {
    case 'insert':
      return insert(document, { under: a === 'none' ? null : a, key: step.key }, fresh);
    case 'insert before':
      return insert(document, { before: a }, fresh);
    case 'move':
      return move(document, a, { under: b, key: step.key });
    case 'move before':
      return move(document, a, { before: b });
    case 'paste':
      return paste(document, { under: b, key: step.key }, block);
    case 'rename':
      return renameKey(document, a, step.key);
    case 'bypass':
      return bypass(document, a, step.b % 2 === 0);
    case 'note':
      return edit(document, a, { data: block.data ?? {}, notes: '' });
    default:
      return remove(document, a);
  }
}

const corpus = join(import.meta.dirname, '../../../tests/corpus/callflows');

function filesIn(directory: string): string[] {
  return readdirSync(directory).flatMap((name) => {
    const path = join(directory, name);
    if (statSync(path).isDirectory()) return filesIn(path);
    return name.endsWith('.json') ? [path] : [];
  });
}

function documentIn(path: string): CallflowDocument | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (!isObject(value)) return null;
    const inner = isObject(value.data) && isObject(value.data.flow) ? value.data : value;
    return isObject(inner.flow) ? (inner as CallflowDocument) : null;
  } catch {
    return null; // the corpus has broken files too: the server refuses those
  }
}

export const corpusDocuments = filesIn(corpus).flatMap((path) => {
  const document = documentIn(path);
  return document ? [{ path: path.slice(corpus.length + 1), document }] : [];
});
