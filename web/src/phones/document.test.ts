import { expect, it } from 'vitest';
import type { DeviceDocument } from '@/api/office';
import {
  ofKind,
  withLimit,
  withMember,
  withQualify,
  withRoute,
  withSecurity,
  withTranscoding,
} from './document';

// As the server gets it.
const sent = (value: unknown) => JSON.parse(JSON.stringify(value));

it('sets a member beside the others, and takes it out', () => {
  const limits = { concurrent_calls: 2, kept: true };
  expect(withMember(limits, 'concurrent_calls', 3)).toEqual({ concurrent_calls: 3, kept: true });
  expect(withMember(limits, 'concurrent_calls', undefined)).toEqual({ kept: true });
  expect(limits).toEqual({ concurrent_calls: 2, kept: true });
});

it('leaves no empty object behind', () => {
  const phone: DeviceDocument = { name: 'Door', limits: { concurrent_calls: 2 } };
  expect(sent({ ...phone, ...withLimit(phone, undefined) })).toEqual({ name: 'Door' });
  expect(withMember(undefined, 'concurrent_calls' as never, undefined)).toBeUndefined();
});

it('keeps what it does not know', () => {
  const phone: DeviceDocument = sent({
    name: 'Door',
    sip: { username: 'door', invite_format: 'contact' },
    media: { audio: { codecs: ['PCMA'] }, encryption: { methods: ['srtp'] } },
  });
  expect(sent(withQualify(phone, 60))).toEqual({
    sip: { username: 'door', invite_format: 'contact', qualify_s: 60 },
  });
  const on = withSecurity(phone, true);
  expect(sent(on)).toEqual({
    media: {
      audio: { codecs: ['PCMA'] },
      encryption: { methods: ['srtp'], enforce_security: true },
    },
  });
  expect(sent(withSecurity({ ...phone, ...on }, false))).toEqual({ media: phone.media });
});

it('tells never from what the account says', () => {
  const phone: DeviceDocument = { name: 'Door', sip: { username: 'door', qualify_s: 60 } };
  expect(sent(withQualify(phone, 0)).sip).toEqual({ username: 'door', qualify_s: 0 });
  expect(sent(withQualify(phone, undefined)).sip).toEqual({ username: 'door' });
});

it('says what differs from the usual, and no more', () => {
  expect(sent(withTranscoding({}, false))).toEqual({ media: { transcode: false } });
  expect(sent(withTranscoding({ media: { transcode: false } }, true))).toEqual({});
  expect(sent(withSecurity({ media: { encryption: { enforce_security: true } } }, false))).toEqual(
    {},
  );
  expect(sent(withRoute({}, 'sip:door@192.0.2.7'))).toEqual({
    sip: { route: 'sip:door@192.0.2.7' },
  });
  expect(sent(withRoute({ sip: { route: 'sip:x' } }, ''))).toEqual({});
});

it('makes a new phone of another kind, and keeps its name and seat', () => {
  const mobile = ofKind({ name: 'Anna', owner_id: 'anna' }, 'cellphone');
  expect(mobile).toEqual({
    name: 'Anna',
    owner_id: 'anna',
    device_type: 'cellphone',
    call_forward: { enabled: true, number: '' },
  });
  expect(ofKind(mobile, 'sip_uri')).toEqual({
    name: 'Anna',
    owner_id: 'anna',
    device_type: 'sip_uri',
  });
});
