// Copying a tree with one place changed. Keys come from imported documents and may be anything,
// "__proto__" too: objects are rebuilt through entries, never by assignment.
import { type Block, childrenOf, idOf, isObject } from './document';

export function withChildren(block: Block, entries: [string, Block][]): Block {
  if (entries.length === 0 && block.children === undefined) return block;
  return { ...block, children: Object.fromEntries(entries) };
}

// All entries of `children`, in document order, also such as are no blocks.
function rawChildren(block: Block): [string, Block][] {
  return isObject(block.children) ? (Object.entries(block.children) as [string, Block][]) : [];
}

export function setChild(parent: Block, key: string, child: Block): Block {
  const entries = rawChildren(parent).filter(([other]) => other !== key);
  return withChildren(parent, [...entries, [key, child]]);
}

export function dropChild(parent: Block, key: string): Block {
  return withChildren(
    parent,
    rawChildren(parent).filter(([other]) => other !== key),
  );
}

export function renameChild(parent: Block, from: string, to: string): Block {
  return withChildren(
    parent,
    rawChildren(parent).map(([key, child]): [string, Block] => [key === from ? to : key, child]),
  );
}

function mapChildren(block: Block, change: (child: Block) => Block): Block {
  const blocks = new Set(childrenOf(block).map(([, child]) => child));
  let changed = false;
  const entries = rawChildren(block).map(([key, child]): [string, Block] => {
    if (!blocks.has(child)) return [key, child];
    const next = change(child);
    if (next !== child) changed = true;
    return [key, next];
  });
  return changed ? withChildren(block, entries) : block;
}

// Parents before children. Depth is bounded by the server (200 blocks on one path).
export function mapTree(block: Block, change: (block: Block) => Block): Block {
  return mapChildren(change(block), (child) => mapTree(child, change));
}

// Replaces the block at the end of `path` (ids from `block` on); the rest is shared, not copied.
export function replaceAt(
  block: Block,
  path: readonly string[],
  change: (found: Block) => Block,
): Block {
  if (path.length <= 1) return change(block);
  const [, next] = path;
  return mapChildren(block, (child) =>
    idOf(child) === next ? replaceAt(child, path.slice(1), change) : child,
  );
}
