// Going to a block: opened branches above it, in view, focused.
import { findPlace } from '@/callflow/document';
import { bringIntoView } from '@/canvas/picture';
import { useEditor } from './store';
import { MAIN, useView } from './view-store';

const FRAMES_MAX = 60; // a large callflow builds its blocks over several

export function focusBlock(id: string): void {
  const { document: callflow } = useEditor.getState();
  const { collapsed, outline } = useView.getState();
  const path = findPlace(callflow, id)?.path ?? [];
  const open = new Set(collapsed);
  for (const one of path.slice(0, -1)) open.delete(one);
  useView.setState({ selection: id, collapsed: open });
  requestAnimationFrame(() => {
    if (useView.getState().selection !== id) return; // gone elsewhere meanwhile
    if (!outline) bringIntoView(id);
    focusWhenThere(id, FRAMES_MAX);
  });
}

// Pop-ups give the focus back to what opened them; when that is gone, to the selected block.
export function returnFocus(): void {
  requestAnimationFrame(() => {
    const { selection } = useView.getState();
    if (document.activeElement === document.body) focusWhenThere(selection ?? MAIN, FRAMES_MAX);
  });
}

function faceOf(id: string): HTMLElement | null {
  return document.getElementById(`outline-${id}`) ?? document.getElementById(`block-${id}`);
}

function focusWhenThere(id: string, frames: number): void {
  requestAnimationFrame(() => {
    if ((useView.getState().selection ?? MAIN) !== id) return;
    const face = faceOf(id);
    if (face) face.focus({ preventScroll: face.id === `block-${id}` });
    else if (frames > 0) focusWhenThere(id, frames - 1);
  });
}
