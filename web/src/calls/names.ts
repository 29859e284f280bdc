import { useQuery } from '@tanstack/react-query';
import { mediaQuery } from '@/api/queries';
import { useAccount } from '@/session/account';

// Names of media by id, outside of the editor too.
export function useEditorNames(): (id: string) => string {
  const account = useAccount();
  const { data } = useQuery(mediaQuery(account.id));
  return (id) => data?.find((one) => one.id === id)?.name ?? id;
}
