import { describe, expect, it } from 'vitest';
import type { Layout, Placed } from './layout';
import { firstView, isInView, nearest, wholeView, ZOOM_MIN } from './picture';

const SIZE = { width: 800, height: 600 };

function block(id: string, x: number, y: number): Placed {
  const box = { x, y, width: 200, height: 60 };
  return { id, block: null, parent: null, branch: null, depth: 0, bus: 0, hidden: 0, ...box };
}

function layoutOf(...placed: Placed[]): Layout {
  const left = Math.min(...placed.map((one) => one.x - one.width / 2));
  const right = Math.max(...placed.map((one) => one.x + one.width / 2));
  const height = Math.max(...placed.map((one) => one.y + one.height));
  return { placed, left, width: right - left, height };
}

const small = layoutOf(block('main', 0, 0), block('one', 0, 200));
const huge = layoutOf(block('main', 0, 0), block('far', 90_000, 200));

describe('the picture', () => {
  it('begins with all of a small callflow, not enlarged', () => {
    expect(firstView(small, SIZE)).toMatchObject({ x: 400, zoom: 1 });
  });

  it('begins with the Main Callflow Block of one that is too wide to be read', () => {
    const view = firstView(huge, SIZE);
    expect(view.x).toBe(400);
    expect(view.zoom).toBeGreaterThanOrEqual(0.5);
  });

  it('shows all of it when asked, as far as that goes', () => {
    expect(wholeView(huge, SIZE).zoom).toBe(ZOOM_MIN);
    const tall = layoutOf(block('main', 0, 0), block('low', 0, 2000));
    const { y, zoom } = wholeView(tall, SIZE);
    expect(y + tall.height * zoom).toBeLessThanOrEqual(SIZE.height);
  });

  it('knows what is wholly in view', () => {
    const [main] = small.placed;
    if (!main) throw new Error('no block');
    expect(isInView(main, { x: 400, y: 28, zoom: 1 }, SIZE)).toBe(true);
    expect(isInView(main, { x: 50, y: 28, zoom: 1 }, SIZE)).toBe(false);
  });

  it('finds the block that a press was meant for', () => {
    expect(nearest(huge, { x: 60_000, y: 500 })?.id).toBe('far');
    expect(nearest(huge, { x: 100, y: 500 })?.id).toBe('main');
  });
});
