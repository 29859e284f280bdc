// The account that the pages show. Kept per browser; every user sees at least one.
import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from '@/api/queries';
import type { Role } from '@/api/types';

const STORED = 'strowger.account';

export function useAccount(): { id: string; name: string; role: Role } {
  const { data: session } = useQuery(sessionQuery);
  const stored = localStorage.getItem(STORED);
  const accounts = session?.accounts ?? [];
  return (
    accounts.find((one) => one.id === stored) ??
    accounts[0] ?? { id: 'default', name: '', role: 'viewer' }
  );
}
