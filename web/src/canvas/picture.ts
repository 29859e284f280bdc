// Moving the picture: what is seen at first, all of it, one block.
import type { ReactFlowInstance, Viewport } from '@xyflow/react';
import type { Layout, Placed } from './layout';

export const ZOOM_MIN = 0.05;
export const ZOOM_MAX = 1.6;
const READABLE = 0.5; // at first no smaller, even when not all of it is seen then
export const ZOOM_TO_READ = 0.6;
const MARGIN = 24;
const TOP = 28;
const SIDE = 8; // of a block that counts as wholly in view
const BELOW = 60; // what follows it, too
const GLIDE_MS = 180;

export function glide(): { duration: number } {
  return { duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : GLIDE_MS };
}

export interface Size {
  width: number;
  height: number;
}

// The Main Callflow Block at the top, as much of the rest as is readable.
export function firstView(layout: Layout, size: Size): Viewport {
  const whole = (size.width - 2 * MARGIN) / layout.width;
  const zoom = Math.max(READABLE, Math.min(1, whole));
  const centre = whole >= READABLE ? layout.left + layout.width / 2 : (layout.placed[0]?.x ?? 0);
  return { x: size.width / 2 - centre * zoom, y: TOP, zoom };
}

export function wholeView(layout: Layout, size: Size): Viewport {
  const wide = (size.width - 2 * MARGIN) / layout.width;
  const high = (size.height - TOP - MARGIN) / layout.height;
  const zoom = Math.max(ZOOM_MIN, Math.min(1, wide, high));
  const centre = layout.left + layout.width / 2;
  return { x: size.width / 2 - centre * zoom, y: TOP, zoom };
}

export function isInView(block: Placed, { x, y, zoom }: Viewport, size: Size): boolean {
  const left = (block.x - block.width / 2) * zoom + x;
  const top = block.y * zoom + y;
  const right = left + block.width * zoom;
  const bottom = top + block.height * zoom;
  return left > SIDE && top > SIDE && right < size.width && bottom + BELOW < size.height;
}

export function nearest(layout: Layout, { x, y }: { x: number; y: number }): Placed | undefined {
  const away = (one: Placed) => Math.hypot(one.x - x, one.y + one.height / 2 - y);
  const [first, ...rest] = layout.placed;
  return rest.reduce((best, one) => (best && away(best) <= away(one) ? best : one), first);
}

interface Picture {
  flow: ReactFlowInstance;
  layout: Layout;
  size: Size;
}

let picture: Picture | null = null;

export function setPicture(now: Picture | null): void {
  picture = now;
}

export function fitPicture(): void {
  if (!picture) return;
  const { flow, layout, size } = picture;
  void flow.setViewport(wholeView(layout, size), glide());
}

// Moves the picture only when the block is not wholly in view.
export function bringIntoView(id: string): void {
  const block = picture?.layout.placed.find((one) => one.id === id);
  if (!picture || !block) return;
  const view = picture.flow.getViewport();
  if (view.zoom >= ZOOM_TO_READ / 2 && isInView(block, view, picture.size)) return;
  const zoom = Math.max(view.zoom, ZOOM_TO_READ);
  void picture.flow.setCenter(block.x, block.y + BELOW, { zoom, ...glide() });
}
