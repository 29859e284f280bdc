// Seats, devices and ring groups: the shapes of server/api/openapi.json, and how they are read.
import { queryOptions } from '@tanstack/react-query';
import { readAll } from './queries';
import { path, request } from './request';

export interface SeatSummary {
  id: string;
  name: string;
  email: string;
  extension: string;
  enabled: boolean;
  do_not_disturb: boolean;
  call_forward: boolean;
  devices: number;
  used_by?: number;
}

export interface ChangedByCall {
  call: string;
  from: string;
  at_ms: number;
}

// What a seat and a phone have in common: server/model/call_preferences.hpp.
export interface CallPreferences {
  call_forward?: {
    enabled?: boolean;
    number?: string;
    require_keypress?: boolean;
    substitute?: boolean;
    changed_by_call?: ChangedByCall;
  };
  do_not_disturb?: { enabled?: boolean; changed_by_call?: ChangedByCall };
}

export interface SeatDocument extends CallPreferences {
  first_name?: string;
  last_name?: string;
  email?: string;
  extension?: string;
  enabled?: boolean;
  ring_timeout_s?: number;
  outbound?: string[];
  caller_id?: {
    internal?: { name?: string; number?: string };
    external?: { name?: string; number?: string };
  };
}

export interface NewDevice {
  id: string;
  username: string;
  secret: string;
}

export interface Seat {
  id: string;
  revision: number;
  used_by?: number;
  callflow: { id: string; name: string } | null;
  new_device?: NewDevice;
  document: SeatDocument;
}

export type DeviceType = 'sip_device' | 'softphone' | 'sip_uri' | 'landline' | 'cellphone';

export interface DeviceSummary {
  id: string;
  name: string;
  device_type: DeviceType;
  owner_id: string; // empty: nobody's
  username: string;
  enabled: boolean;
  used_by?: number;
}

// It may hold more than this: whoever changes it keeps the rest.
export interface DeviceDocument extends CallPreferences {
  name: string;
  enabled?: boolean;
  owner_id?: string;
  device_type?: DeviceType;
  sip?: { username?: string; route?: string; qualify_s?: number };
  limits?: { concurrent_calls?: number };
  media?: { transcode?: boolean; encryption?: { enforce_security?: boolean } };
}

export interface Device {
  id: string;
  revision: number;
  used_by?: number;
  secret_state?: { set?: boolean; current?: boolean };
  new_device?: NewDevice;
  document: DeviceDocument;
}

export interface Softphone {
  domain: string;
  realm: string;
  servers: { transport: string; server: string; port: number }[];
}

export interface Registration {
  device: string;
  contact: string;
  transport: string;
  source: string;
  user_agent: string;
  expires_ms: number;
  reachable: boolean;
  round_trip_ms: number | null; // of its last answer to OPTIONS
}

export interface Member {
  endpoint_type?: 'user' | 'device' | 'group';
  id: string;
  delay?: number;
  timeout?: number;
  weight?: number;
}

export type Strategy = 'simultaneous' | 'single' | 'weighted_random';

export interface RingGroupDocument {
  name: string;
  strategy?: Strategy;
  endpoints?: Member[];
  timeout?: number;
  repeats?: number;
}

export interface RingGroup {
  id: string;
  revision: number;
  used_by?: number;
  document: RingGroupDocument;
}

export interface RingGroupSummary {
  id: string;
  name: string;
  strategy: Strategy;
  endpoints: number;
  used_by?: number;
}

export type UsedKind =
  | 'seats'
  | 'devices'
  | 'ring_groups'
  | 'temporal_rules'
  | 'temporal_rule_sets'
  | 'trunks';

export interface ObjectUse {
  callflow?: string;
  ring_group?: string;
  temporal_rule_set?: string;
  name: string;
  block?: string;
  module?: string;
  pointer?: string;
  live?: boolean;
}

export const seatsQuery = (account: string) =>
  queryOptions({
    queryKey: [account, 'seats'],
    queryFn: ({ signal }) => readAll<SeatSummary>(path`/accounts/${account}/seats`, signal),
  });

export const devicesQuery = (account: string) =>
  queryOptions({
    queryKey: [account, 'devices'],
    queryFn: ({ signal }) => readAll<DeviceSummary>(path`/accounts/${account}/devices`, signal),
  });

export const ringGroupsQuery = (account: string) =>
  queryOptions({
    queryKey: [account, 'ring_groups'],
    queryFn: ({ signal }) =>
      readAll<RingGroupSummary>(path`/accounts/${account}/ring_groups`, signal),
  });

export const registrationsQuery = (account: string) =>
  queryOptions({
    queryKey: [account, 'registrations'],
    queryFn: ({ signal }) =>
      readAll<Registration>(path`/accounts/${account}/registrations`, signal),
  });

export const seatQuery = (account: string, id: string) =>
  queryOptions({
    queryKey: [account, 'seats', 'one', id],
    queryFn: () => request<Seat>(path`/accounts/${account}/seats/${id}`),
  });

export const deviceQuery = (account: string, id: string) =>
  queryOptions({
    queryKey: [account, 'devices', 'one', id],
    queryFn: () => request<Device>(path`/accounts/${account}/devices/${id}`),
  });

export const softphoneQuery = (account: string, device: string) =>
  queryOptions({
    queryKey: [account, 'devices', 'softphone', device],
    queryFn: async () => {
      const { value } = await request<Softphone>(
        path`/accounts/${account}/devices/${device}/softphone`,
      );
      return value;
    },
  });

export const ringGroupQuery = (account: string, id: string) =>
  queryOptions({
    queryKey: [account, 'ring_groups', 'one', id],
    queryFn: () => request<RingGroup>(path`/accounts/${account}/ring_groups/${id}`),
  });

export const usesQuery = (account: string, kind: UsedKind, id: string) =>
  queryOptions({
    queryKey: [account, kind, 'used-by', id],
    queryFn: async () => {
      const to = `${path`/accounts/${account}`}/${kind}${path`/${id}/used-by`}`;
      return (await request<{ items: ObjectUse[] }>(to)).value.items;
    },
  });
