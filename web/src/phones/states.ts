// Whether a phone is there: what its registration says, unless it is disabled.
import type { DeviceSummary, Registration } from '@/api/office';
import { registers } from './kinds';

export type PhoneState = 'registered' | 'out_of_reach' | 'offline' | 'disabled';

// The contact that speaks for a phone which has several: one that can be reached.
export function contactsByDevice(
  registrations: readonly Registration[],
): ReadonlyMap<string, Registration> {
  const found = new Map<string, Registration>();
  for (const one of registrations) {
    if (!found.get(one.device)?.reachable) found.set(one.device, one);
  }
  return found;
}

// Nothing can be said of a kind that does not register.
export function stateOfPhone(
  { device_type, enabled }: Pick<DeviceSummary, 'device_type' | 'enabled'>,
  contact: Registration | undefined,
): PhoneState | null {
  if (!enabled) return 'disabled';
  if (!registers(device_type)) return null;
  if (!contact) return 'offline';
  return contact.reachable ? 'registered' : 'out_of_reach';
}
