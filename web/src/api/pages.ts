// A list of the server, page by page, as far as somebody has looked.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { request } from './request';
import type { Page } from './types';

const ROWS_A_PAGE = 100;

export interface Pages<Row> {
  rows: Row[];
  loading: boolean;
  problem: string | null;
  more: (() => void) | null; // null: that was all
  fetching: boolean;
}

// `key` begins like the keys of queries.ts, so that events of the server refresh the list.
export function usePages<Row>(
  key: readonly string[],
  to: string,
  query: Record<string, string> = {},
): Pages<Row> {
  const list = useInfiniteQuery({
    queryKey: [...key, 'pages', query],
    queryFn: async ({ pageParam, signal }) => {
      const page = { ...query, cursor: pageParam, limit: ROWS_A_PAGE };
      return (await request<Page<Row>>(to, { query: page, signal })).value;
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: keepPreviousData,
  });
  return {
    rows: list.data?.pages.flatMap((page) => page.items) ?? [],
    loading: list.isPending,
    problem: list.error?.message ?? null,
    more: list.hasNextPage ? () => void list.fetchNextPage() : null,
    fetching: list.isFetchingNextPage,
  };
}

// The rows that `shows` lets through. What it goes by is not known to the server, so it looks at all
// of them. Null: no filter is chosen.
export function useShown<Row>(
  pages: Pages<Row>,
  shows: ((row: Row) => boolean) | null,
): Pages<Row> {
  const { more, fetching } = pages;
  const wanted = shows !== null;
  useEffect(() => {
    if (wanted && more && !fetching) more();
  }, [wanted, more, fetching]);
  return shows ? { ...pages, rows: pages.rows.filter(shows) } : pages;
}
