// Going to a block: opened branches above it, in view, focused.
import type { ReactFlowInstance } from '@xyflow/react';
import { findPlace } from '@/callflow/document';
import { useEditor } from './store';
import { useView } from './view-store';

let flow: ReactFlowInstance | null = null;

export function setFlow(instance: ReactFlowInstance | null): void {
  flow = instance;
}

export function focusBlock(id: string): void {
  const { document: callflow } = useEditor.getState();
  const { collapsed, outline } = useView.getState();
  const path = findPlace(callflow, id)?.path ?? [];
  const open = new Set(collapsed);
  for (const one of path.slice(0, -1)) open.delete(one);
  useView.setState({ selection: id, collapsed: open });
  requestAnimationFrame(() => {
    const node = flow?.getNode(id);
    if (flow && node && !outline) bringIntoView(flow, id);
    setTimeout(() => focusFace(id), 30);
  });
}

export function focusFace(id: string): void {
  const prefix = document.getElementById(`outline-${id}`) ? 'outline' : 'block';
  document.getElementById(`${prefix}-${id}`)?.focus({ preventScroll: prefix === 'block' });
}

// Moves the picture only when the block is not wholly in view.
function bringIntoView(instance: ReactFlowInstance, id: string): void {
  const node = instance.getNode(id);
  const box = document.querySelector('.react-flow')?.getBoundingClientRect();
  if (!node || !box) return;
  const { x, y, zoom } = instance.getViewport();
  const left = node.position.x * zoom + x;
  const top = node.position.y * zoom + y;
  const width = (node.width ?? 0) * zoom;
  const height = (node.height ?? 0) * zoom;
  const inside = left > 8 && top > 8 && left + width < box.width && top + height + 60 < box.height;
  if (inside) return;
  const centre = { x: node.position.x + (node.width ?? 0) / 2, y: node.position.y + 60 };
  void instance.setCenter(centre.x, centre.y, { zoom: Math.max(zoom, 0.6), duration: 180 });
}
