import { expect, test } from 'vitest';
import type { Session } from '@/api/types';
import { newPassword } from './new-password';
import { manages } from './rights';

const accounts: Session['accounts'] = [
  { id: 'berlin', name: 'Berlin', role: 'admin' },
  { id: 'lyon', name: 'Lyon', role: 'editor' },
];
const admin = { user: 'ana', system: false, accounts };

test('a made password is long, plain and never the same', () => {
  const made = Array.from({ length: 200 }, newPassword);
  for (const one of made) expect(one).toMatch(/^([a-hjkmnp-z2-9]{5}-){3}[a-hjkmnp-z2-9]{5}$/);
  expect(new Set(made).size).toBe(made.length);
});

test('the admin of an account changes who has no rights beyond it', () => {
  expect(manages(admin, { system: false, roles: { berlin: 'admin' } })).toBe(true);
  expect(manages(admin, { system: false, roles: { berlin: 'viewer', lyon: 'viewer' } })).toBe(
    false,
  );
  expect(manages(admin, { system: true, roles: {} })).toBe(false);
  expect(manages({ ...admin, system: true }, { system: true, roles: { x: 'admin' } })).toBe(true);
});
