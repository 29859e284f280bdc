// Trunks: the shapes of server/api/openapi.json, and how they are read.
import { queryOptions } from '@tanstack/react-query';
import { readAll } from './queries';
import { path, request } from './request';

export type TrunkTransport = 'udp' | 'tcp' | 'tls';

export interface TrunkAddress {
  host: string;
  port?: number | undefined;
  transport?: TrunkTransport;
  priority?: number;
  weight?: number;
}

export type NumberForm = 'e164' | 'e164_no_plus' | 'national' | 'as_dialled';

export interface TrunkDocument {
  name: string;
  enabled?: boolean;
  addresses?: TrunkAddress[];
  tls?: { verify?: boolean; wildcards?: boolean };
  media?: { encryption?: { enforce_security?: boolean } };
  channels?: number | undefined;
  inbound?: { enabled?: boolean; from_addresses?: boolean; sources?: string[] };
  outbound?: {
    enabled?: boolean;
    priority?: number | undefined;
    username?: string;
    number_form?: NumberForm;
    strip?: string;
    prefix?: string;
  };
  registration?: { enabled?: boolean };
  login?: { username?: string };
  caller_id?: { number?: string; name?: string; always?: boolean };
}

export interface TrunkState {
  registration?: 'off' | 'trying' | 'registered' | 'refused' | 'silent';
  code?: number;
  phrase?: string;
  expires_ms?: number;
  calls?: number;
  worked?: number;
  failed?: number;
  reached_at?: string[];
  registered_here?: { source: string; transport: string; reachable: boolean }[];
  trouble?: string;
  tls_trouble?: string;
}

// Told once.
export interface NewLogin {
  username: string;
  realm: string;
  secret: string;
}

export interface Trunk {
  id: string;
  revision: number;
  used_by?: number;
  has_password: boolean;
  password_trouble?: string;
  new_login?: NewLogin;
  state: TrunkState;
  document: TrunkDocument;
}

export interface TrunkSummary {
  id: string;
  name: string;
  enabled: boolean;
  addresses: string[];
  registers: boolean;
  login?: string;
  channels?: number;
  state: TrunkState;
  used_by?: number;
}

// What changes by itself is read again so often.
export const LIVE_MS = 3000;

export const trunksQuery = (account: string) =>
  queryOptions({
    queryKey: [account, 'trunks'],
    queryFn: ({ signal }) => readAll<TrunkSummary>(path`/accounts/${account}/trunks`, signal),
  });

export const trunkQuery = (account: string, id: string) =>
  queryOptions({
    queryKey: [account, 'trunks', 'one', id],
    queryFn: () => request<Trunk>(path`/accounts/${account}/trunks/${id}`),
  });
