// Saves what was typed: the password goes apart from the document.

import { path, request } from '@/api/request';
import type { Trunk, TrunkDocument } from '@/api/trunks';

// Lines of which nothing was filled in. One with a port alone is sent: the server says what it lacks.
export const withoutGaps = (trunk: TrunkDocument): TrunkDocument => ({
  ...trunk,
  addresses: (trunk.addresses ?? []).filter((one) => one.host !== '' || one.port !== undefined),
});

export async function savePassword(account: string, id: string, password: string): Promise<void> {
  if (password === '') return;
  const to = path`/accounts/${account}/trunks/${id}/password`;
  await request<Trunk>(to, { method: 'PUT', body: { password } });
}
