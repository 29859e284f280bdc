// On which block every live call of the open callflow is: asked once, then told by events.
import type { QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { create } from 'zustand';
import { callflowsQuery } from '@/api/queries';
import { path, request } from '@/api/request';
import type { Call, CallflowSummary, Page, ServerEvent } from '@/api/types';
import { findPlace } from '@/callflow/document';
import { useEditor } from '@/editor/store';

const LIVE_CALLS_MAX = 1000; // asked for at once
const SENDS_ON = 'callflow'; // the action that runs another callflow
const AFTERGLOW_MS = 1500; // most calls to a Response are over before anybody could see them

type Whereabouts = ReadonlyMap<string, string>; // call → block

interface LiveCalls {
  at: Whereabouts;
  counts: ReadonlyMap<string, number>; // block → calls
}

export const useWhereabouts = create<LiveCalls>(() => ({ at: new Map(), counts: new Map() }));

export function countedByBlock(at: Whereabouts): Map<string, number> {
  const counts = new Map<string, number>();
  for (const block of at.values()) counts.set(block, (counts.get(block) ?? 0) + 1);
  return counts;
}

// A call that has gone on into another callflow stays on the block that sent it there.
export function whereIn(callflow: string, calls: readonly Call[]): Whereabouts {
  const at = new Map<string, string>();
  for (const { id, path, callflow: first } of calls) {
    const step = path.findLast((one) => (one.callflow ?? first) === callflow);
    if (step && (step === path.at(-1) || step.module === SENDS_ON)) at.set(id, step.block);
  }
  return at;
}

function isSentOn(call: string): boolean {
  const block = useWhereabouts.getState().at.get(call);
  const place = block ? findPlace(useEditor.getState().document, block) : null;
  return place?.block.module === SENDS_ON;
}

async function liveCalls(account: string): Promise<Call[]> {
  const to = path`/accounts/${account}/calls`;
  const query = { state: 'live', limit: LIVE_CALLS_MAX };
  return (await request<Page<Call>>(to, { query })).value.items;
}

function place(at: Whereabouts): void {
  useWhereabouts.setState({ at, counts: countedByBlock(at) });
}

function move(call: string, block: string | null): void {
  const at = new Map(useWhereabouts.getState().at);
  if (at.get(call) === (block ?? undefined)) return;
  if (block === null) at.delete(call);
  else at.set(call, block);
  place(at);
}

export function followCall(callflow: string, event: ServerEvent): void {
  const { call, block } = event;
  if (!call) return;
  if (event.type === 'call.step' && block) {
    if (event.callflow === callflow) move(call, block);
    else if (!isSentOn(call)) move(call, null);
  }
  // The end names the callflow that the call began in, from which it may have come here.
  if (event.type === 'call.ended') setTimeout(() => move(call, null), AFTERGLOW_MS);
}

function counted(list: CallflowSummary[] | undefined, event: ServerEvent) {
  const more = event.type === 'call.started' ? 1 : -1;
  return list?.map((one) =>
    one.id === event.callflow
      ? { ...one, live_calls: Math.max(0, (one.live_calls ?? 0) + more) }
      : one,
  );
}

// The list tells how many calls each callflow has.
export function countInList(cache: QueryClient, account: string, event: ServerEvent): void {
  if (event.type !== 'call.started' && event.type !== 'call.ended') return;
  cache.setQueryData(callflowsQuery(account).queryKey, (list) => counted(list, event));
}

// Those that are there already when the callflow is opened.
export function useLiveCalls(account: string, callflow: string): void {
  useEffect(() => {
    let left = false;
    place(new Map());
    if (callflow === 'new') return;
    liveCalls(account)
      .then((calls) => {
        const known = useWhereabouts.getState().at;
        if (!left) place(new Map([...whereIn(callflow, calls), ...known]));
      })
      .catch(() => undefined); // events will tell
    return () => {
      left = true;
    };
  }, [account, callflow]);
}
