import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { GATHERED_MS, gathered } from './refresh';
import type { ServerEvent } from './types';

const event = (type: string): ServerEvent => ({ type, account: 'default', at_ms: 0 });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('refreshes each list once for a burst of events', () => {
  const refreshed: string[] = [];
  const { add } = gathered((list) => refreshed.push(list));
  for (let i = 0; i < 300; i += 1) add(event('call.started'));
  add(event('callflow.changed'));
  expect(refreshed).toEqual([]);
  vi.advanceTimersByTime(GATHERED_MS);
  expect(refreshed).toEqual([
    'calls',
    'callflows',
    'numbers',
    'seats',
    'ring_groups',
    'temporal_rules',
  ]);
});

it('refreshes again for what comes later, and everything after a gap', () => {
  const refreshed: string[] = [];
  const { add } = gathered((list) => refreshed.push(list));
  add(event('media.removed'));
  vi.advanceTimersByTime(GATHERED_MS);
  add(event('resync'));
  vi.advanceTimersByTime(GATHERED_MS);
  expect(refreshed).toEqual(['media', '']);
});

it('refreshes who is registered, and nothing else, when a phone comes or goes', () => {
  const refreshed: string[] = [];
  const { add } = gathered((list) => refreshed.push(list));
  add(event('registration.changed'));
  vi.advanceTimersByTime(GATHERED_MS);
  expect(refreshed).toEqual(['registrations']);
});

it('refreshes nothing once it is stopped', () => {
  const refreshed: string[] = [];
  const { add, stop } = gathered((list) => refreshed.push(list));
  add(event('call.ended'));
  stop();
  vi.advanceTimersByTime(GATHERED_MS);
  expect(refreshed).toEqual([]);
});
