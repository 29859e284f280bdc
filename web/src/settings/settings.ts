// The account's settings as other pages read them.
import { queryOptions, useQuery } from '@tanstack/react-query';
import { path, request } from '@/api/request';
import type { AccountSettings } from '@/api/types';

export const settingsQuery = (account: string) =>
  queryOptions({
    queryKey: [account, 'settings'],
    queryFn: () => request<AccountSettings>(path`/accounts/${account}/settings`),
  });

// As in server/model/dial_plan.cpp, but for what nobody has to be allowed.
const USUAL = ['local', 'national', 'international', 'premium'];
const NEVER_ASKED = ['emergency', 'internal'];

// Of numbers outside of the account.
export function useNumberClasses(account: string): string[] {
  const { data } = useQuery(settingsQuery(account));
  const own = data?.value.number_classes?.map((one) => one.name);
  return own ? [...new Set(own)].filter((name) => !NEVER_ASKED.includes(name)) : USUAL;
}
