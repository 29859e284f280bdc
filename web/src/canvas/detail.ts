// Which blocks are drawn in full. All of a small callflow; of a large one those in view that are
// near enough to be read, a few more with every frame, so that no frame has to build them all.
import { type ReactFlowState, useStoreApi } from '@xyflow/react';
import { useEffect, useRef, useState } from 'react';
import { MAIN, useView } from '@/editor/view-store';
import type { Layout, Placed } from './layout';

const ALL_BLOCKS_MAX = 150;
export const READABLE_ZOOM_MIN = 0.3;
const AHEAD = 120; // pixels around the view
const BUILT_PER_FRAME = 6;
const DROPPED_PER_FRAME = 24;

export interface Detail {
  blocks: readonly Placed[]; // in full
  sketched: boolean; // the others as outlines
}

type View = Pick<ReactFlowState, 'transform' | 'width' | 'height'>;

function isNear({ transform: [left, top, zoom], width, height }: View, block: Placed): boolean {
  const x = block.x * zoom + left;
  const y = block.y * zoom + top;
  const half = (block.width / 2) * zoom + AHEAD;
  const bottom = y + block.height * zoom;
  return x + half > 0 && x - half < width && bottom + AHEAD > 0 && y - AHEAD < height;
}

function wantedIn(layout: Layout, view: View): Set<string> {
  const wanted = new Set([MAIN]); // one block can always get the focus
  const { selection } = useView.getState();
  if (selection) wanted.add(selection);
  if (view.transform[2] < READABLE_ZOOM_MIN) return wanted;
  for (const block of layout.placed) if (isNear(view, block)) wanted.add(block.id);
  return wanted;
}

// One frame's step from what is built to what is wanted; the same set when nothing is left to do.
export function nextBuilt(
  built: ReadonlySet<string>,
  wanted: ReadonlySet<string>,
): ReadonlySet<string> {
  const missing = [...wanted].filter((id) => !built.has(id)).slice(0, BUILT_PER_FRAME);
  const needless = [...built].filter((id) => !wanted.has(id)).slice(0, DROPPED_PER_FRAME);
  if (missing.length === 0 && needless.length === 0) return built;
  const next = new Set([...built, ...missing]);
  for (const id of needless) next.delete(id);
  return next;
}

export function useDetail(layout: Layout): Detail {
  const store = useStoreApi();
  const large = layout.placed.length > ALL_BLOCKS_MAX;
  const [built, setBuilt] = useState<ReadonlySet<string>>(new Set());
  const latest = useRef(built);
  useEffect(() => {
    if (!large) return;
    let frame = 0;
    const step = () => {
      frame = 0;
      const next = nextBuilt(latest.current, wantedIn(layout, store.getState()));
      if (next === latest.current) return;
      latest.current = next;
      setBuilt(next);
      ask();
    };
    const ask = () => {
      frame ||= requestAnimationFrame(step);
    };
    ask();
    const stops = [store.subscribe(ask), useView.subscribe(ask)];
    return () => {
      cancelAnimationFrame(frame);
      for (const stop of stops) stop();
    };
  }, [large, layout, store]);
  if (!large) return { blocks: layout.placed, sketched: false };
  return { blocks: layout.placed.filter((one) => built.has(one.id)), sketched: true };
}
