// Rules and rule sets of Time of Day: the shapes of server/api/openapi.json, and how they are read.
import { queryOptions } from '@tanstack/react-query';
import { readAll } from './queries';
import { path, request } from './request';

export type Cycle = 'date' | 'yearly' | 'monthly' | 'weekly' | 'daily';
export type Ordinal = 'every' | 'first' | 'second' | 'third' | 'fourth' | 'fifth' | 'last';

export interface RuleDocument {
  name: string;
  cycle: Cycle;
  interval?: number;
  wdays?: string[];
  days?: number[];
  month?: number;
  ordinal?: Ordinal;
  start_date?: string | number;
  time_window_start?: number;
  time_window_stop?: number;
  enabled?: boolean | null;
}

export interface RuleSetDocument {
  name: string;
  temporal_rules?: string[];
}

export interface Kept<Document> {
  id: string;
  revision: number;
  document: Document;
}

export interface RuleSummary {
  id: string;
  name: string;
  cycle: Cycle;
  enabled?: boolean;
  used_by?: number;
}

export interface RuleSetSummary {
  id: string;
  name: string;
  rules: number;
  used_by?: number;
}

export interface Preview {
  timezone: string;
  at: string;
  rules: { id: string; name: string; applies: boolean; why: 'time' | 'forced on' | 'forced off' }[];
  sets: { id: string; name: string; applies: boolean }[];
}

export const rulesQuery = (account: string) =>
  queryOptions({
    queryKey: [account, 'temporal_rules'],
    queryFn: ({ signal }) =>
      readAll<RuleSummary>(path`/accounts/${account}/temporal_rules`, signal),
  });

export const ruleSetsQuery = (account: string) =>
  queryOptions({
    queryKey: [account, 'temporal_rule_sets'],
    queryFn: ({ signal }) =>
      readAll<RuleSetSummary>(path`/accounts/${account}/temporal_rule_sets`, signal),
  });

export const ruleQuery = (account: string, id: string) =>
  queryOptions({
    queryKey: [account, 'temporal_rules', 'one', id],
    queryFn: () => request<Kept<RuleDocument>>(path`/accounts/${account}/temporal_rules/${id}`),
  });

export const ruleSetQuery = (account: string, id: string) =>
  queryOptions({
    queryKey: [account, 'temporal_rule_sets', 'one', id],
    queryFn: () =>
      request<Kept<RuleSetDocument>>(path`/accounts/${account}/temporal_rule_sets/${id}`),
  });

export const previewQuery = (account: string, at: string) =>
  queryOptions({
    queryKey: [account, 'temporal_preview', at],
    queryFn: async ({ signal }) => {
      const to = path`/accounts/${account}/temporal_preview`;
      return (await request<Preview>(to, { query: at ? { at } : {}, signal })).value;
    },
    refetchInterval: at ? false : 30_000,
  });

export const timeZonesQuery = (account: string) =>
  queryOptions({
    queryKey: [account, 'time_zones'],
    queryFn: async () =>
      (await request<{ items: string[] }>(path`/accounts/${account}/time_zones`)).value.items,
    staleTime: Number.POSITIVE_INFINITY,
  });
