// Positions of an always tidy tree. Computed from the document; nothing of it is stored.
import { hierarchy, tree } from 'd3-hierarchy';
import type { BranchWords } from '@/callflow/branches';
import { type Block, type CallflowDocument, childrenOf, idOf, rootOf } from '@/callflow/document';
import { MAIN } from '@/editor/view-store';

export const BLOCK_WIDTH = 186;
export const MAIN_WIDTH = 256;
const GAP_X = 22;
const GAP_PLAIN = 58; // between levels where no branch has a name
const GAP_CHIPS = 110;
const BUS = 20; // below the tallest block of a level

export interface Placed {
  id: string;
  block: Block | null; // null: the Main Callflow Block
  parent: string | null;
  branch: BranchWords | null; // null: nothing to show
  depth: number;
  x: number; // centre
  y: number; // top
  bus: number; // where the wire from the parent turns: below the tallest block of its level
  width: number;
  height: number;
  hidden: number; // blocks under a collapsed one
}

export interface Layout {
  placed: Placed[];
  left: number; // of the leftmost block; the top is 0
  width: number;
  height: number;
}

export interface Measures {
  height: (block: Block | null) => number;
  branch: (parent: Block, key: string) => BranchWords | null;
}

interface Item {
  id: string;
  block: Block | null;
  branch: BranchWords | null;
  hidden: number;
  children: Item[];
}

function countBelow(block: Block): number {
  let count = 0;
  const open = childrenOf(block).map(([, child]) => child);
  for (let one = open.pop(); one; one = open.pop()) {
    count += 1;
    for (const [, child] of childrenOf(one)) open.push(child);
  }
  return count;
}

function itemOf(
  block: Block,
  branch: BranchWords | null,
  collapsed: ReadonlySet<string>,
  measures: Measures,
): Item {
  const id = idOf(block);
  const closed = collapsed.has(id);
  return {
    id,
    block,
    branch,
    hidden: closed ? countBelow(block) : 0,
    children: closed
      ? []
      : childrenOf(block).map(([key, child]) =>
          itemOf(child, measures.branch(block, key), collapsed, measures),
        ),
  };
}

export function layOut(
  document: CallflowDocument,
  collapsed: ReadonlySet<string>,
  measures: Measures,
): Layout {
  const first = rootOf(document);
  const children = first ? [itemOf(first, null, collapsed, measures)] : [];
  const main: Item = { id: MAIN, block: null, branch: null, hidden: 0, children };
  const widthOf = (item: Item) => (item.block ? BLOCK_WIDTH : MAIN_WIDTH);
  const root = tree<Item>()
    .nodeSize([1, 1])
    .separation((a, b) => (widthOf(a.data) + widthOf(b.data)) / 2 + GAP_X)(hierarchy(main));

  const nodes = root.descendants();
  const levels: { height: number; chips: boolean }[] = [];
  for (const node of nodes) {
    const level = levels[node.depth] ?? { height: 0, chips: false };
    level.height = Math.max(level.height, measures.height(node.data.block));
    level.chips ||= node.data.branch !== null;
    levels[node.depth] = level;
  }
  const tops: number[] = [0];
  const buses: number[] = [0];
  levels.forEach((level, depth) => {
    const next = levels[depth + 1];
    if (!next) return;
    const bottom = (tops[depth] ?? 0) + level.height;
    tops.push(bottom + (next.chips ? GAP_CHIPS : GAP_PLAIN));
    buses.push(bottom + BUS);
  });

  const placed = nodes.map((node): Placed => {
    const { id, block, branch, hidden } = node.data;
    return {
      id,
      block,
      parent: node.parent?.data.id ?? null,
      branch,
      depth: node.depth,
      x: node.x,
      y: tops[node.depth] ?? 0,
      bus: buses[node.depth] ?? 0,
      width: widthOf(node.data),
      height: measures.height(block),
      hidden,
    };
  });
  const left = placed.reduce((least, one) => Math.min(least, one.x - one.width / 2), 0);
  const right = placed.reduce((most, one) => Math.max(most, one.x + one.width / 2), 0);
  const last = levels.length - 1;
  return {
    placed,
    left,
    width: right - left,
    height: (tops[last] ?? 0) + (levels[last]?.height ?? 0),
  };
}

const CORNER = 12;

// From the parent's bottom centre to the child's top centre, turning at the height of the bus.
export function wirePath(x1: number, y1: number, bus: number, x2: number, y2: number): string {
  if (Math.abs(x2 - x1) < 1) return `M${x1} ${y1}V${y2}`;
  const side = x2 > x1 ? 1 : -1;
  const corner = Math.min(CORNER, Math.abs(x2 - x1) / 2);
  return (
    `M${x1} ${y1}V${bus - corner}Q${x1} ${bus} ${x1 + side * corner} ${bus}` +
    `H${x2 - side * corner}Q${x2} ${bus} ${x2} ${bus + corner}V${y2}`
  );
}
