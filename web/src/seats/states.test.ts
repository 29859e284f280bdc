import { expect, it } from 'vitest';
import type { DeviceSummary, Registration, SeatSummary } from '@/api/office';
import { registeredDevices, registeredSeats, stateOf } from './states';

const seat: SeatSummary = {
  id: 'anna',
  name: 'Anna',
  email: '',
  extension: '1001',
  enabled: true,
  do_not_disturb: false,
  call_forward: false,
  devices: 1,
};
const phone: DeviceSummary = {
  id: 'desk',
  name: 'Desk',
  device_type: 'sip_device',
  owner_id: 'anna',
  username: 'u1',
  enabled: true,
};
const contact: Registration = {
  device: 'desk',
  contact: 'sip:u1@192.0.2.1',
  transport: 'udp',
  source: '192.0.2.1:5060',
  user_agent: 'Phone',
  expires_ms: 0,
  reachable: true,
  round_trip_ms: null,
};
const none = new Set<string>();

it('is ready with a registered phone, and offline without', () => {
  const seats = registeredSeats([phone], registeredDevices([contact]));
  expect(stateOf(seat, seats)).toBe('ready');
  expect(stateOf(seat, none)).toBe('offline');
  expect(stateOf({ ...seat, devices: 0 }, none)).toBe('no_phone');
});

it('counts no phone that is disabled, cannot be reached or belongs to nobody', () => {
  const there = registeredDevices([contact]);
  expect(registeredSeats([{ ...phone, enabled: false }], there).size).toBe(0);
  expect(registeredSeats([{ ...phone, owner_id: '' }], there).size).toBe(0);
  expect(registeredDevices([{ ...contact, reachable: false }]).size).toBe(0);
});

it('says first what the seat itself wants', () => {
  const seats = new Set(['anna']);
  expect(stateOf({ ...seat, do_not_disturb: true }, seats)).toBe('dnd');
  expect(stateOf({ ...seat, call_forward: true }, seats)).toBe('forwarded');
  expect(stateOf({ ...seat, enabled: false, do_not_disturb: true }, seats)).toBe('disabled');
});
