// Whom the admin of some accounts may change; as server/api/user_routes.cpp has it.
import type { Session, User } from '@/api/types';

type Asker = Pick<Session, 'user' | 'system' | 'accounts'>;
type Rights = Pick<User, 'system' | 'roles'>;

export function administered(who: Asker): Session['accounts'] {
  return who.accounts.filter((one) => one.role === 'admin');
}

export function manages(who: Asker, user: Rights): boolean {
  if (who.system) return true;
  const own = new Set(administered(who).map((one) => one.id));
  return !user.system && Object.keys(user.roles).every((account) => own.has(account));
}
