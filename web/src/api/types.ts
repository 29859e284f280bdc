// The shapes of server/api/openapi.json, as far as the app uses them.
import type { CallflowDocument, JsonObject } from '@/callflow/document';

export type Role = 'viewer' | 'editor' | 'admin';
export type Severity = 'error' | 'warning' | 'info';

export interface Page<Item> {
  items: Item[];
  next: string;
}

export interface Finding {
  severity: Severity;
  code: string;
  pointer: string;
  block?: string;
  text: string;
  hint?: string;
  text_form?: string; // of both, with {{name}} for each of the places
  hint_form?: string;
  places?: Record<string, string>;
}

export interface Use {
  callflow: string;
  name: string;
  block?: string;
  module?: string;
  pointer?: string;
  live?: boolean;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  findings?: Finding[];
  current?: { revision: number; who: string; when_ms: number; note?: string };
  used_by?: Use[];
  owner?: { callflow: string; name: string; number: string };
}

export interface Session {
  user: string;
  name: string;
  system: boolean;
  accounts: { id: string; name: string; role: Role }[];
  expires_ms: number;
  must_change_password?: boolean;
}

export interface Param {
  type: string | string[];
  to?:
    | 'media'
    | 'callflow'
    | 'menu'
    | 'seat'
    | 'device'
    | 'ring_group'
    | 'temporal_rule'
    | 'temporal_rule_set'
    | 'trunk';
  default?: unknown;
  optional?: boolean;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  enum?: (string | number)[];
  items?: Param;
  maxItems?: number;
  properties?: Record<string, Param>;
  label?: string;
  unit?: string;
  description?: string;
}

export interface Action {
  name: string;
  title: string;
  group: string;
  summary: string;
  face?: string;
  branches: 'none' | 'one' | 'keyed';
  keys?: {
    fixed?: { key: string; label: string }[];
    pattern?: string;
    to?: 'temporal_rule'; // further keys are ids of such things
    label?: string;
  };
  answers?: boolean | { param: string; default: boolean };
  terminal?: boolean;
  runs?: string;
  params: Record<string, Param>;
  variants?: { title: string; data: Record<string, unknown> }[];
  help?: string;
}

export type Verdict = 'ok' | 'automatic' | 'ask' | 'warn' | 'no';

export interface ResponseCode {
  code: number;
  phrase: string;
  rfc: number;
  verdict: Verdict;
  doubtful: boolean;
  companion: string;
  duty: 'none' | 'may' | 'should' | 'must';
  retry_after: boolean;
  explanation: string;
  instead: string;
  search: string;
  q850?: { cause: number; text: string };
}

export interface ResponseCodes {
  items: ResponseCode[];
  unregistered: { code: number; name: string; note: string }[];
}

export interface CallflowSummary {
  id: string;
  name: string;
  numbers: string[];
  patterns: string[];
  revision: number;
  published: number;
  changed_ms: number;
  who?: string;
  errors?: number;
  warnings?: number;
  used_by?: number;
  live_calls?: number;
}

export interface RevisionInfo {
  revision: number;
  who: string;
  when_ms: number;
  note: string;
  published: boolean;
  blocks?: number;
}

export interface CallflowRevision {
  id: string;
  revision: number;
  latest: number;
  published: number;
  who: string;
  when_ms: number;
  note: string;
  document: CallflowDocument;
}

export interface SavedCallflow extends CallflowRevision {
  findings: Finding[];
}

export interface LintReport {
  findings: Finding[];
  errors: number;
  warnings: number;
}

export interface PathStep {
  block: string;
  module: string;
  at_ms: number;
  exit?: string;
  note?: string;
  callflow?: string; // whose block it is; missing: of the callflow that the call began in
  revision?: number;
}

export interface LadderLine {
  at_ms: number;
  dir: 'in' | 'out';
  line: string;
  method?: string;
  cseq?: number;
  note?: string;
  leg?: number; // of CallLeg; missing: the caller's
  text?: string; // in a simulation: the whole message
}

// A phone or carrier that was called for the caller.
export interface CallLeg {
  number: number; // from 1
  target: string; // "" when it was not rung at all
  name?: string; // seat and device by id, or "trunk" and its id
  party?: string; // the same for people
  extension?: string; // of the seat; of a carrier the number it was to call
  device?: string; // its name
  user_agent?: string;
  call_id?: string;
  place?: string;
  began_ms: number;
  answered_ms?: number;
  ended_ms?: number;
  code: number; // 0: it gave no final answer
  phrase: string;
  note?: string;
  reasons: string[];
}

// Two ends that were connected: 0 is the caller, others are legs.
export interface Talk {
  at_ms: number;
  ended_ms?: number; // missing: they still talk
  one: number;
  other: number;
}

export interface PlayedMedia {
  id: string;
  sent_ms: number;
  packets: number;
  skipped?: string;
  at_ms?: number; // missing: in records of earlier programs
  leg?: number; // who heard it; missing: the caller
}

// What the phones do that are rung in a simulation.
export type WhenRung = 'answer' | 'busy' | 'no_answer' | 'offline';

export interface SimulationRequest {
  document?: CallflowDocument;
  callflow?: string;
  to: string;
  from?: string;
  at_ms?: number;
  digits?: { digit: string; at_ms: number }[];
  missing_media?: string[];
  phones?: WhenRung;
}

export interface Simulation {
  disposition: string;
  code: number;
  phrase: string;
  path: PathStep[];
  ladder: LadderLine[];
  media: PlayedMedia[];
  source?: string;
  from?: string;
  legs?: CallLeg[];
  talks?: Talk[];
  final: { code: number; phrase: string; message: string };
  duration_ms?: number;
  callflow?: string;
  callflow_name?: string;
  findings: Finding[];
  notes?: string[]; // what had to be assumed
}

export interface Transfer {
  at_ms: number;
  by: number; // 0: the caller, else the number of a phone
  kind: 'blind' | 'attended';
  to: string;
  code?: number; // missing: it goes on
  phrase?: string;
}

export interface Call {
  id: string;
  callflow: string;
  revision: number;
  callflow_name?: string;
  from: string;
  to: string;
  call_id?: string;
  source?: string;
  started_ms: number;
  answered_ms?: number;
  ended_ms?: number;
  disposition: string;
  code: number;
  phrase: string;
  intended_code?: number;
  reasons?: string[];
  path: PathStep[];
  media: PlayedMedia[];
  ladder: LadderLine[];
  ladder_dropped?: number;
  caller_name?: string;
  user_agent?: string; // the caller's
  legs?: CallLeg[];
  talks?: Talk[];
  bridged_leg?: number;
  bridged_ms?: number;
  transfers?: Transfer[];
  transcoded?: { caller: string; callee: string };
  ended_by?: string;
  complete: boolean;
}

export interface Media {
  id: string;
  name: string;
  duration_ms: number;
  source: string;
  original_bytes: number;
  encoded_bytes: number;
  content_hash?: string;
  changed_ms?: number;
  used_by?: number;
}

export interface Voice {
  id: string;
  name: string;
  language: string;
}

export interface NumberEntry {
  number: string;
  kind: 'extension' | 'phone' | 'pattern' | 'no_match';
  callflow?: string;
  callflow_name?: string;
  live?: boolean;
  spare?: boolean;
}

export interface User {
  id: string;
  name: string;
  system: boolean;
  roles: Record<string, Role>; // by account
  disabled?: boolean;
  last_login_ms?: number;
}

export interface Token {
  id: string;
  name: string;
  account?: string; // missing: every account of its user
  role: Role;
  created_ms: number;
  expires_ms: number;
  last_used_ms?: number;
}

export interface Account {
  id: string;
  name: string;
  realm: string;
}

export interface BareResponse {
  code?: number;
  message?: string;
  media?: string;
}

// What is absent or undefined is left to the server.
export interface AccountSettings {
  timezone?: string | undefined;
  early_media_max_s?: number | undefined;
  qualify_s?: number | undefined;
  unknown_number?: BareResponse | undefined;
  default_response?: BareResponse | undefined;
  cause_responses?: Record<string, BareResponse> | undefined; // by KAZOO's names of causes
  country_code?: string | undefined;
  national_prefix?: string | undefined;
  international_prefix?: string | undefined;
  number_classes?: NumberClass[] | undefined;
  caller_id?: { name?: string; number?: string } | undefined;
  media?: { transcode?: boolean; keypress_prompt?: string } | undefined;
  outbound_limits?: OutboundLimits | undefined;
}

export interface NumberClass {
  name: string;
  pattern: string;
}

export interface OutboundLimits {
  calls_per_hour?: number | undefined;
  minutes_per_hour?: number | undefined;
  seat_calls_per_hour?: number | undefined;
  seat_minutes_per_hour?: number | undefined;
}

export interface AuditEntry {
  id: string;
  at_ms: number;
  who: string;
  address?: string;
  action: string;
  target: string;
  note?: string;
}

export interface ServerEvent {
  type: string;
  account: string;
  at_ms: number;
  callflow?: string;
  revision?: number;
  who?: string;
  media?: string;
  call?: string;
  block?: string;
  code?: number;
}

export type BlockData = JsonObject;
