// The document of a phone, changed. What it holds besides stays as it came.
import type { DeviceDocument, DeviceType } from '@/api/office';
import { hasNumber } from './kinds';

export const NAME_CHARS_MAX = 128; // as in server/api/openapi.json

type Part = Partial<DeviceDocument>;

// With that member, or without it for undefined. An object that has nothing left is nothing: JSON
// leaves it out.
export function withMember<Value extends object, Name extends keyof Value>(
  all: Value | undefined,
  name: Name,
  value: Value[Name] | undefined,
): Value | undefined {
  const { [name]: _, ...rest } = all ?? ({} as Value);
  const next = value === undefined ? rest : { ...rest, [name]: value };
  return Object.keys(next).length > 0 ? (next as Value) : undefined;
}

export function withLimit({ limits }: Part, calls: number | undefined): Part {
  return { limits: withMember(limits, 'concurrent_calls', calls) };
}

// Seconds; 0 for never; nothing leaves it to the account.
export function withQualify({ sip }: Part, seconds: number | undefined): Part {
  return { sip: withMember(sip, 'qualify_s', seconds) };
}

export function withRoute({ sip }: Part, route: string): Part {
  return { sip: withMember(sip, 'route', route || undefined) };
}

// Not to is the server's default, and so is to convert: neither needs to be said.
export function withSecurity({ media }: Part, wanted: boolean): Part {
  const encryption = withMember(media?.encryption, 'enforce_security', wanted || undefined);
  return { media: withMember(media, 'encryption', encryption) };
}

export function withTranscoding({ media }: Part, wanted: boolean): Part {
  return { media: withMember(media, 'transcode', wanted ? undefined : false) };
}

// A new phone of another kind: what only the kind before needed is gone.
export function ofKind({ name, owner_id }: DeviceDocument, kind: DeviceType): DeviceDocument {
  return {
    name,
    owner_id,
    device_type: kind,
    ...(hasNumber(kind) ? { call_forward: { enabled: true, number: '' } } : {}),
  };
}
