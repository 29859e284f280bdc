// Whether a seat can be reached: what it wants, and whether one of its phones is registered.
import type { DeviceSummary, Registration, SeatSummary } from '@/api/office';

export type SeatState = 'disabled' | 'dnd' | 'forwarded' | 'ready' | 'offline' | 'no_phone';

export function registeredDevices(registrations: readonly Registration[]): Set<string> {
  return new Set(registrations.filter((one) => one.reachable).map((one) => one.device));
}

// The seats that have a registered phone.
export function registeredSeats(
  devices: readonly DeviceSummary[],
  registered: ReadonlySet<string>,
): Set<string> {
  const there = devices.filter((one) => one.enabled && registered.has(one.id));
  return new Set(there.map((one) => one.owner_id).filter(Boolean));
}

export function stateOf(seat: SeatSummary, registered: ReadonlySet<string>): SeatState {
  if (!seat.enabled) return 'disabled';
  if (seat.do_not_disturb) return 'dnd';
  if (seat.call_forward) return 'forwarded';
  if (registered.has(seat.id)) return 'ready';
  return seat.devices > 0 ? 'offline' : 'no_phone';
}
