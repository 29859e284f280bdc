// The account's settings as other pages read them.
import { queryOptions, useQuery } from '@tanstack/react-query';
import { path, request } from '@/api/request';
import type { AccountSettings, NumberClass } from '@/api/types';

export const settingsQuery = (account: string) =>
  queryOptions({
    queryKey: [account, 'settings'],
    queryFn: () => request<AccountSettings>(path`/accounts/${account}/settings`),
  });

// As in server/model/dial_plan.cpp: settings.test.ts compares them.
export const USUAL_CLASSES: readonly NumberClass[] = [
  { name: 'emergency', pattern: '112|110|911|999|000' },
  {
    name: 'premium',
    pattern: String.raw`\+?1900\d{7}|\+979\d+|\+49(900|137|180|118)\d+|\+44(9|87)\d+|\+33(89|81|82)\d+|\+43(90|93)\d+|\+41(90)\d+|\+87\d+|\+88[123]\d+|118\d{2,3}`,
  },
  { name: 'national', pattern: String.raw`\+{country}\d{4,14}` },
  { name: 'international', pattern: String.raw`\+\d{5,15}` },
  { name: 'internal', pattern: '[*#]?[0-9*#]{1,5}' },
  { name: 'local', pattern: String.raw`[1-9]\d{5,14}` },
];
// What nobody has to be allowed.
const NEVER_ASKED = ['emergency', 'internal'];
const USUAL = ['local', 'national', 'international', 'premium'];

// Of numbers outside of the account.
export function useNumberClasses(account: string): string[] {
  const { data } = useQuery(settingsQuery(account));
  const own = data?.value.number_classes?.map((one) => one.name);
  return own ? [...new Set(own)].filter((name) => !NEVER_ASKED.includes(name)) : USUAL;
}
