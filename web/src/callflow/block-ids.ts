// Ids of blocks: what traces, findings and the editor's selection refer to.
import { type Block, type CallflowDocument, childrenOf, idOf, rootOf, walk } from './document';
import { mapTree } from './rewrite';

export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return `b${Array.from(bytes, (byte) => (byte % 36).toString(36)).join('')}`;
}

// Blocks without an id, or with one that an earlier block has, get n1, n2, … in pre-order.
export function withIds(document: CallflowDocument): CallflowDocument {
  const root = rootOf(document);
  if (!root) return document;
  const taken = new Set(walk(document).map((place) => idOf(place.block)));
  const seen = new Set<string>(['']);
  let next = 1;
  let changed = false;
  const flow = mapTree(root, (block) => {
    const id = idOf(block);
    if (!seen.has(id)) {
      seen.add(id);
      return block;
    }
    while (taken.has(`n${next}`)) next += 1;
    changed = true;
    seen.add(`n${next}`);
    taken.add(`n${next}`);
    return { ...block, id: `n${next}` };
  });
  return changed ? { ...document, flow } : document;
}

// A copy of a subtree that can stand beside the original.
export function withFreshIds(subtree: Block): Block {
  return mapTree(subtree, (block) => ({ ...block, id: newId() }));
}

export function countBlocks(subtree: Block): number {
  let count = 0;
  const open = [subtree];
  for (let block = open.pop(); block; block = open.pop()) {
    count += 1;
    for (const [, child] of childrenOf(block)) open.push(child);
  }
  return count;
}
