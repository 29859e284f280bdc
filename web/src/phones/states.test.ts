import { expect, it } from 'vitest';
import type { Registration } from '@/api/office';
import { contactsByDevice, stateOfPhone } from './states';

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
const desk = { device_type: 'sip_device', enabled: true } as const;

it('says whether a phone is there', () => {
  expect(stateOfPhone(desk, contact)).toBe('registered');
  expect(stateOfPhone(desk, { ...contact, reachable: false })).toBe('out_of_reach');
  expect(stateOfPhone(desk, undefined)).toBe('offline');
});

it('says first that it is disabled', () => {
  expect(stateOfPhone({ ...desk, enabled: false }, contact)).toBe('disabled');
  expect(stateOfPhone({ device_type: 'landline', enabled: false }, undefined)).toBe('disabled');
});

it('says nothing of what does not register', () => {
  for (const device_type of ['sip_uri', 'landline', 'cellphone'] as const) {
    expect(stateOfPhone({ device_type, enabled: true }, undefined)).toBeNull();
  }
});

it('takes the contact that can be reached for the phone', () => {
  const gone = { ...contact, source: '192.0.2.2:5060', reachable: false };
  for (const all of [
    [gone, contact],
    [contact, gone],
  ]) {
    expect(contactsByDevice(all).get('desk')?.source).toBe(contact.source);
  }
  expect(contactsByDevice([gone]).get('desk')?.reachable).toBe(false);
});
