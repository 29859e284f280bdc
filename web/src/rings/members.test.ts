import { expect, it } from 'vitest';
import type { Member } from '@/api/office';
import { addMember, keyOf, MEMBERS_MAX, moveUp, removeMember } from './members';

const members: Member[] = ['a', 'b', 'c'].map((id) => ({ endpoint_type: 'user', id }));
const ids = (list: Member[]) => list.map((one) => one.id).join('');

it('adds whom it has not yet, up to the limit', () => {
  expect(ids(addMember(members, { endpoint_type: 'user', id: 'd' }))).toBe('abcd');
  expect(ids(addMember(members, { id: 'a' }))).toBe('abc'); // a user unless it says otherwise
  expect(ids(addMember(members, { endpoint_type: 'device', id: 'a' }))).toBe('abca');
  const full = Array.from({ length: MEMBERS_MAX }, (_, index) => ({ id: `s${index}` }));
  expect(addMember(full, { id: 'one-more' })).toBe(full);
});

it('moves and removes one of them', () => {
  expect(ids(moveUp(members, 2))).toBe('acb');
  expect(moveUp(members, 0)).toBe(members);
  expect(ids(removeMember(members, 1))).toBe('ac');
});

it('tells a seat from a device of the same id', () => {
  expect(keyOf({ id: 'a' })).not.toBe(keyOf({ endpoint_type: 'device', id: 'a' }));
});
