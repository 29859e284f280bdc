import { describe, expect, it } from 'vitest';
import type { Block, CallflowDocument } from '@/callflow/document';
import { BLOCK_WIDTH, layOut, wirePath } from './layout';

const measures = {
  height: () => 54,
  branch: (_: Block, key: string) => (key === '_' ? null : { cap: key, words: '' }),
};

function wide(count: number): CallflowDocument {
  const children = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `k${index}`,
      { id: `b${index}`, module: 'response', data: {} },
    ]),
  );
  return { name: 'x', flow: { id: 'top', module: 'menu', data: {}, children } };
}

describe('layout', () => {
  it('never lets two blocks of a level overlap', () => {
    const { placed } = layOut(wide(40), new Set(), measures);
    const level = placed.filter((one) => one.depth === 2).sort((a, b) => a.x - b.x);
    level.slice(1).forEach((one, index) => {
      expect(one.x - (level[index]?.x ?? 0)).toBeGreaterThanOrEqual(BLOCK_WIDTH);
    });
  });

  it('hides what is under a collapsed block, and counts it', () => {
    const { placed } = layOut(wide(7), new Set(['top']), measures);
    expect(placed.map((one) => one.id)).toEqual(['main', 'top']);
    expect(placed[1]?.hidden).toBe(7);
  });

  it('shows the Main Callflow Block of an empty callflow', () => {
    expect(layOut({ flow: {} }, new Set(), measures).placed).toHaveLength(1);
  });

  it('lays out 2,000 blocks in well under a second', () => {
    expect(layOut(wide(2000), new Set(), measures).placed).toHaveLength(2002);
  });

  it('draws a straight wire to a child right below', () => {
    expect(wirePath(10, 0, 20, 10, 50)).toBe('M10 0V50');
  });

  // Else it would seem to come out of the taller neighbour that it passes behind.
  it('turns wires below every block of the level', () => {
    const tall: Block = { id: 'tall', module: 'response', data: {} };
    const below: Block = { id: 'below', module: 'response', data: {} };
    const low: Block = { id: 'low', module: 'menu', data: {}, children: { '1': below } };
    const flow: Block = { id: 'top', module: 'menu', data: {}, children: { '1': tall, '2': low } };
    const heights = { ...measures, height: (block: Block | null) => (block === tall ? 90 : 54) };
    const { placed } = layOut({ flow }, new Set(), heights);
    const bottom = (placed.find((one) => one.id === 'tall')?.y ?? 0) + 90;
    expect(placed.find((one) => one.id === 'below')?.bus).toBeGreaterThan(bottom);
  });
});
