import { describe, expect, it } from 'vitest';
import { userOf } from './calls';

describe('who calls', () => {
  it.each([
    ['sip:+14155550171@carrier.example', '+1 415 555 0171'],
    ['sip:1000@127.0.0.1:5060;transport=tcp', '1000'],
    ['sips:a%20b@example', 'a b'],
    ['sip:50%@example', '50%'],
    ['sip:example', 'sip:example'],
    ['tel:+14155550171', 'tel:+14155550171'],
    ['', ''],
  ])('%s is shown as %s', (uri, shown) => {
    expect(userOf(uri)).toBe(shown);
  });
});
