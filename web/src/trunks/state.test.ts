import { expect, test } from 'vitest';
import { german } from '@/language/german';
import { standing, TROUBLES } from './state';

test.each([
  ['off', { enabled: false, registers: true, state: { registration: 'refused' } }],
  ['ready', { enabled: true, registers: false, state: { registration: 'off' } }],
  ['registered', { enabled: true, registers: true, state: { registration: 'registered' } }],
  ['trying', { enabled: true, registers: true, state: { registration: 'trying' } }],
  ['failing', { enabled: true, registers: true, state: { registration: 'silent' } }],
  ['nowhere', { enabled: true, registers: false, state: { trouble: 'x', reached_at: [] } }],
  ['ready', { enabled: true, registers: false, state: { trouble: 'x', reached_at: ['udp:a'] } }],
  [
    'insecure',
    { enabled: true, registers: true, state: { tls_trouble: 'x', registration: 'silent' } },
  ],
  [
    'insecure',
    { enabled: true, registers: false, state: { tls_trouble: 'x', reached_at: ['tls:a'] } },
  ],
  [
    'registered',
    { enabled: true, registers: true, state: { tls_trouble: 'x', registration: 'registered' } },
  ],
  ['failing', { enabled: true, registers: false, logsIn: true, state: { registered_here: [] } }],
  ['ready', { enabled: true, registers: false, logsIn: true, state: { reached_at: ['udp:a'] } }],
  [
    'registered',
    {
      enabled: true,
      registers: false,
      logsIn: true,
      state: { registered_here: [{ source: 'a' }] },
    },
  ],
] as const)('%s', (wanted, shown) => {
  expect(standing(shown as Parameters<typeof standing>[0])).toBe(wanted);
});

test('what keeps a trunk from being reached is said in German', () => {
  expect(TROUBLES.filter((form) => !(form in german))).toEqual([]);
});
