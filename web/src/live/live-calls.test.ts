import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Call, ServerEvent } from '@/api/types';
import { useEditor } from '@/editor/store';
import { countedByBlock, followCall, useWhereabouts, whereIn } from './live-calls';

const step = (callflow: string, block: string, call = 'c'): ServerEvent => ({
  type: 'call.step',
  account: 'default',
  at_ms: 0,
  callflow,
  block,
  call,
});

const path = (...steps: [string, string, string][]) =>
  steps.map(([callflow, block, module]) => ({ callflow, block, module, at_ms: 0, revision: 1 }));

const callWith = (steps: ReturnType<typeof path>) =>
  ({ id: 'c', callflow: 'a', path: steps }) as Call;

describe('live calls', () => {
  beforeEach(() => {
    useWhereabouts.setState({ at: new Map(), counts: new Map() });
    useEditor.getState().openNew({
      flow: {
        id: 'sends',
        module: 'callflow',
        data: { id: 'b' },
        children: { _: { id: 'end', module: 'response', data: {} } },
      },
    });
  });

  const counts = () => Object.fromEntries(useWhereabouts.getState().counts);

  it('are counted on the block that they are on', () => {
    followCall('a', step('a', 'sends', 'c1'));
    followCall('a', step('a', 'sends', 'c2'));
    followCall('a', step('a', 'end', 'c1'));
    expect(counts()).toEqual({ sends: 1, end: 1 });
  });

  it('stay on the block that sent them into another callflow', () => {
    followCall('a', step('a', 'sends'));
    followCall('a', step('b', 'menu'));
    expect(counts()).toEqual({ sends: 1 });
  });

  it('leave with the step that leads out of this callflow', () => {
    followCall('a', step('a', 'end'));
    followCall('a', step('b', 'menu'));
    expect(counts()).toEqual({});
  });

  it('glow for a moment after their end', () => {
    vi.useFakeTimers();
    followCall('a', step('a', 'end'));
    followCall('a', { ...step('a', ''), type: 'call.ended' });
    expect(counts()).toEqual({ end: 1 });
    vi.runAllTimers();
    expect(counts()).toEqual({});
    vi.useRealTimers();
  });

  it('are found by their paths when a callflow is opened', () => {
    const sent = callWith(path(['a', 'sends', 'callflow'], ['b', 'menu', 'menu']));
    expect(countedByBlock(whereIn('a', [sent]))).toEqual(new Map([['sends', 1]]));
    expect(countedByBlock(whereIn('b', [sent]))).toEqual(new Map([['menu', 1]]));
    const back = callWith(path(['b', 'menu', 'menu'], ['a', 'end', 'response']));
    expect(whereIn('b', [back]).size).toBe(0);
  });
});
