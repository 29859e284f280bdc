// Live calls and past ones, as the page lists them.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type Pages, usePages } from '@/api/pages';
import { liveCallsQuery } from '@/api/queries';
import { path } from '@/api/request';
import type { Call } from '@/api/types';

export interface Filter {
  search: string;
  callflow: string; // "" for all
}

// The history holds live calls too: those stand in a list of their own.
export function useCalls(account: string, filter: Filter): { live: Call[]; past: Pages<Call> } {
  const { data: live = [] } = useQuery(liveCallsQuery(account, filter));
  const past = usePages<Call>([account, 'calls'], path`/accounts/${account}/calls`, { ...filter });
  const running = new Set(live.map((one) => one.id));
  return { live, past: { ...past, rows: past.rows.filter((one) => !running.has(one.id)) } };
}

const SECOND_MS = 1000;

// The time, while something runs by it.
export function useNow(running: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!running) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}
