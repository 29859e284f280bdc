// The members of a ring group, as pure functions.
import type { Member } from '@/api/office';

export const MEMBERS_MAX = 100; // as in server/api/openapi.json

export function keyOf({ endpoint_type = 'user', id }: Member): string {
  return `${endpoint_type}/${id}`;
}

export function addMember(members: Member[], one: Member): Member[] {
  const there = members.some((other) => keyOf(other) === keyOf(one));
  if (there || members.length >= MEMBERS_MAX) return members;
  return [...members, one];
}

export function removeMember(members: Member[], at: number): Member[] {
  return members.filter((_, index) => index !== at);
}

export function moveUp(members: Member[], at: number): Member[] {
  const moved = members[at];
  if (at < 1 || !moved) return members;
  return [...members.slice(0, at - 1), moved, ...removeMember(members, at).slice(at - 1)];
}
