import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withIds } from './block-ids';
import { type CallflowDocument, idOf, isObject, sameJson, walk } from './document';
import { bypass } from './operations';
import { mapTree } from './rewrite';

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

function withoutIds(document: CallflowDocument): CallflowDocument {
  const flow = document.flow;
  if (!flow || typeof flow.module !== 'string') return document;
  return { ...document, flow: mapTree(flow as never, ({ id: _, ...block }) => block as never) };
}

const documents = filesIn(corpus).flatMap((path) => {
  const document = documentIn(path);
  return document ? [{ path: path.slice(corpus.length + 1), document }] : [];
});

describe('callflows of the corpus', () => {
  it('are there', () => expect(documents.length).toBeGreaterThan(10));

  it.each(documents)('$path: loading and saving changes nothing but ids', ({ document }) => {
    const loaded = withIds(document);
    const saved = JSON.parse(JSON.stringify(loaded)) as CallflowDocument;
    expect(sameJson(withoutIds(saved), withoutIds(document))).toBe(true);
    expect(withIds(saved)).toBe(saved);
  });

  it.each(documents)('$path: a change and its opposite give the same document', ({ document }) => {
    const loaded = withIds(document);
    const last = walk(loaded).at(-1);
    if (!last || last.block.data === undefined) return;
    const off = bypass(loaded, idOf(last.block), true);
    if (!off.ok) throw new Error(off.refusal);
    const back = bypass(off.document, idOf(last.block), false);
    if (!back.ok) throw new Error(back.refusal);
    expect(sameJson(back.document, loaded)).toBe(true);
  });
});
