// What pages read, with the names under which the cache keeps it.
import { queryOptions } from '@tanstack/react-query';
import { path, request } from './request';
import type {
  Action,
  Call,
  CallflowRevision,
  CallflowSummary,
  Media,
  NumberEntry,
  Page,
  ResponseCodes,
  RevisionInfo,
  Session,
  Use,
  Voice,
} from './types';

const LIST_LIMIT = 1000;

async function read<Value>(to: string, query = {}, signal?: AbortSignal): Promise<Value> {
  return (await request<Value>(to, { query, ...(signal ? { signal } : {}) })).value;
}

// Every page of a list; the server allows 1,000 a page.
export async function readAll<Item>(
  to: string,
  signal?: AbortSignal,
  query: Record<string, string> = {},
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor = '';
  do {
    const page = await read<Page<Item>>(to, { ...query, cursor, limit: LIST_LIMIT }, signal);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return items;
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => read<Session>('/session'),
  retry: false,
  staleTime: 60_000,
});

export const actionsQuery = queryOptions({
  queryKey: ['actions'],
  queryFn: async () => (await read<{ items: Action[] }>('/actions')).items,
  staleTime: Number.POSITIVE_INFINITY,
});

export const codesQuery = queryOptions({
  queryKey: ['response-codes'],
  queryFn: () => read<ResponseCodes>('/response-codes'),
  staleTime: Number.POSITIVE_INFINITY,
});

export const callflowsQuery = (account: string) =>
  queryOptions({
    queryKey: [account, 'callflows'],
    queryFn: ({ signal }) => readAll<CallflowSummary>(path`/accounts/${account}/callflows`, signal),
  });

export const callflowQuery = (account: string, id: string) =>
  queryOptions({
    queryKey: [account, 'callflow', id],
    queryFn: ({ signal }) =>
      request<CallflowRevision>(path`/accounts/${account}/callflows/${id}`, { signal }),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });

export const revisionsQuery = (account: string, id: string) =>
  queryOptions({
    queryKey: [account, 'callflow', id, 'revisions'],
    queryFn: ({ signal }) =>
      readAll<RevisionInfo>(path`/accounts/${account}/callflows/${id}/revisions`, signal),
  });

export const revisionQuery = (account: string, id: string, revision: number) =>
  queryOptions({
    queryKey: [account, 'callflow', id, 'revisions', revision],
    queryFn: () =>
      read<CallflowRevision>(
        path`/accounts/${account}/callflows/${id}/revisions/${String(revision)}`,
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const mediaQuery = (account: string) =>
  queryOptions({
    queryKey: [account, 'media'],
    queryFn: ({ signal }) => readAll<Media>(path`/accounts/${account}/media`, signal),
  });

export const mediaUsesQuery = (account: string, id: string) =>
  queryOptions({
    queryKey: [account, 'media', id, 'used-by'],
    queryFn: async () =>
      (await read<{ items: Use[] }>(path`/accounts/${account}/media/${id}/used-by`)).items,
  });

export const peaksQuery = (account: string, id: string) =>
  queryOptions({
    queryKey: [account, 'media', id, 'peaks'],
    queryFn: () =>
      read<{ peaks: number[]; duration_ms: number }>(path`/accounts/${account}/media/${id}/peaks`, {
        count: 120,
      }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

export const numbersQuery = (account: string) =>
  queryOptions({
    queryKey: [account, 'numbers'],
    queryFn: ({ signal }) => readAll<NumberEntry>(path`/accounts/${account}/numbers`, signal),
  });

const LIVE_CALLS_SHOWN = 200;

export const liveCallsQuery = (account: string, filter: { search: string; callflow: string }) =>
  queryOptions({
    queryKey: [account, 'calls', 'live', filter],
    queryFn: async ({ signal }) => {
      const query = { ...filter, state: 'live', limit: LIVE_CALLS_SHOWN };
      return (await read<Page<Call>>(path`/accounts/${account}/calls`, query, signal)).items;
    },
  });

export const voicesQuery = queryOptions({
  queryKey: ['speech', 'voices'],
  queryFn: () => read<{ installed: boolean; voices: Voice[] }>('/speech/voices'),
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
});

// The hash makes a replaced sound another address.
export function audioAddress(account: string, { id, content_hash }: Media): string {
  const version = content_hash ? `?v=${content_hash.slice(0, 16)}` : '';
  return `/api/v1${path`/accounts/${account}/media/${id}/audio.wav`}${version}`;
}
