// The account that the pages show. `?account=` chooses it; a browser tab keeps its own, a new tab
// begins with the last one chosen.
import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from '@/api/queries';
import type { Role, Session } from '@/api/types';
import { isAtMost } from './roles';

const STORED = 'strowger.account';
const FIRST = 'default'; // the account that a new server begins with

export type AccountRole = Session['accounts'][number];

export function adoptAccount(): void {
  const asked = new URLSearchParams(window.location.search).get('account');
  if (!asked) return;
  sessionStorage.setItem(STORED, asked);
  localStorage.setItem(STORED, asked);
}

// Another account is a fresh start of the app: nothing of the one before stays behind.
export function addressIn(account: string, page: string): string {
  return `${page}?${new URLSearchParams({ account })}`;
}

function stored(): string | null {
  return sessionStorage.getItem(STORED) ?? localStorage.getItem(STORED);
}

export function useAccount(): AccountRole {
  const { data: session } = useQuery(sessionQuery);
  const accounts = session?.accounts ?? [];
  const chosen = stored();
  return (
    accounts.find((one) => one.id === chosen) ??
    accounts.find((one) => one.id === FIRST) ??
    accounts[0] ?? { id: FIRST, name: '', role: 'viewer' }
  );
}

// What the user may do in the account that is shown. The server decides; pages only do not offer
// what it would refuse.
export function useMay(): { edit: boolean; administer: boolean; system: boolean } {
  const { data: session } = useQuery(sessionQuery);
  const { role } = useAccount();
  const atLeast = (needed: Role) => isAtMost(needed, role);
  return {
    edit: atLeast('editor'),
    administer: atLeast('admin'),
    system: session?.system ?? false,
  };
}
