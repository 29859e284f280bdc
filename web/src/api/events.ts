// Events of the server, put into the cache: lists refresh when somebody else changes them.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useConnection } from './connection';
import { sessionQuery } from './queries';
import { gathered } from './refresh';
import { address } from './request';
import type { ServerEvent } from './types';

const TYPES = [
  'callflow.changed',
  'callflow.removed',
  'media.changed',
  'media.removed',
  'seat.changed',
  'seat.removed',
  'device.changed',
  'device.removed',
  'ring_group.changed',
  'ring_group.removed',
  'trunk.changed',
  'trunk.removed',
  'temporal_rule.changed',
  'temporal_rule.removed',
  'temporal_rule_set.changed',
  'temporal_rule_set.removed',
  'registration.changed',
  'call.started',
  'call.step',
  'call.ended',
  'resync',
];

export function useServerEvents(account: string, onEvent?: (event: ServerEvent) => void): void {
  const cache = useQueryClient();
  const returns = useConnection((state) => state.returns);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a return needs a new stream
  useEffect(() => {
    if (!account || typeof EventSource === 'undefined') return;
    const source = new EventSource(address('/events', { account }));
    const stale = gathered((list) => {
      cache.invalidateQueries({ queryKey: list ? [account, list] : [account] });
    });
    const receive = (message: MessageEvent<string>) => {
      const event = JSON.parse(message.data) as ServerEvent;
      stale.add(event);
      onEvent?.(event);
    };
    for (const type of TYPES) source.addEventListener(type, receive);
    // The stream does not say why it broke; the session does.
    source.onerror = () => void cache.invalidateQueries({ queryKey: sessionQuery.queryKey });
    return () => {
      stale.stop();
      source.close();
    };
  }, [account, cache, onEvent, returns]);
}
