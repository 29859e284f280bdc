// Under the blocks: the wires, and the outlines of blocks that are not drawn in full. One path for
// all that look alike.
import { EdgeLabelRenderer } from '@xyflow/react';
import { useMemo } from 'react';
import { type Layout, type Placed, wirePath } from './layout';
import type { Marks } from './marks';

interface Look {
  path: boolean;
  change: Marks['change'] | undefined;
}

interface Stroke extends Look {
  name: string;
  wires: string;
}

function lookOf(marks: Marks | undefined): Look {
  return { path: marks?.step !== undefined, change: marks?.change };
}

function strokes(layout: Layout, marks: ReadonlyMap<string, Marks> | undefined): Stroke[] {
  const places = new Map(layout.placed.map((one) => [one.id, one]));
  const found = new Map<string, Stroke>();
  for (const child of layout.placed) {
    const parent = child.parent === null ? undefined : places.get(child.parent);
    if (!parent) continue;
    const look = lookOf(marks?.get(child.id));
    const name = `${look.path} ${look.change}`;
    const stroke = found.get(name) ?? { ...look, name, wires: '' };
    stroke.wires += wirePath(parent.x, parent.y + parent.height, child.bus, child.x, child.y);
    found.set(name, stroke);
  }
  // The path lies over what it shares with others.
  return [...found.values()].sort((a, b) => Number(a.path) - Number(b.path));
}

const INSET = 3; // so that a built block covers it, round corners and all

function outline({ x, y, width, height }: Placed): string {
  const [wide, high] = [width - 2 * INSET, height - 2 * INSET];
  return `M${x - wide / 2} ${y + INSET}h${wide}v${high}h${-wide}z`;
}

interface Props {
  layout: Layout;
  marks: ReadonlyMap<string, Marks> | undefined;
  sketched: boolean;
}

export function Wires({ layout, marks, sketched }: Props) {
  const drawn = useMemo(() => strokes(layout, marks), [layout, marks]);
  const outlines = useMemo(
    () => (sketched ? layout.placed.map(outline).join('') : ''),
    [layout, sketched],
  );
  return (
    <EdgeLabelRenderer>
      <svg className="wires" aria-hidden="true">
        {drawn.map(({ name, wires, path, change }) => (
          <path key={name} className="wire" d={wires} data-path={path} data-change={change} />
        ))}
        {outlines && <path className="sketch" d={outlines} />}
      </svg>
    </EdgeLabelRenderer>
  );
}
