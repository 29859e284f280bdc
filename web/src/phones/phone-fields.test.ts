import { expect, it } from 'vitest';
import type { DeviceType } from '@/api/office';
import { toldAt } from './phone-fields';

const told = (device_type: DeviceType, enabled = false) =>
  toldAt({ name: '', device_type, call_forward: { enabled } });

it('is told only at fields that are shown', () => {
  expect(told('sip_device')).toContain('/sip/qualify_s');
  expect(told('sip_device')).not.toContain('/call_forward');
  expect(told('sip_device', true)).toContain('/call_forward');
  expect(told('sip_device')).not.toContain('/sip/route');
  expect(told('sip_uri')).toContain('/sip/route');
  expect(told('sip_uri')).not.toContain('/sip/qualify_s');
  expect(told('cellphone')).toContain('/call_forward');
});
