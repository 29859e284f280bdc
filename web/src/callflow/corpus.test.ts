import { describe, expect, it } from 'vitest';
import { corpusDocuments as documents } from '@/testing/any-callflow';
import { withIds } from './block-ids';
import { type CallflowDocument, idOf, sameJson, walk } from './document';
import { bypass } from './operations';
import { mapTree } from './rewrite';

function withoutIds(document: CallflowDocument): CallflowDocument {
  const flow = document.flow;
  if (!flow || typeof flow.module !== 'string') return document;
  return { ...document, flow: mapTree(flow as never, ({ id: _, ...block }) => block as never) };
}

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
