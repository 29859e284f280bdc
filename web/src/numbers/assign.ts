// A number for a callflow. What is live stays live with it; a draft stays a draft.
import { path, request } from '@/api/request';
import type { CallflowRevision, SavedCallflow } from '@/api/types';

export async function assign(account: string, callflow: string, number: string) {
  const to = path`/accounts/${account}/callflows/${callflow}`;
  const { value, etag } = await request<CallflowRevision>(to);
  const { document } = value;
  const numbers = document.numbers ?? [];
  const body = { ...document, numbers: numbers.includes(number) ? numbers : [...numbers, number] };
  const query = { publish: value.published === value.latest };
  const saved = await request<SavedCallflow>(to, { method: 'PUT', body, query, ifMatch: etag });
  return { name: document.name ?? callflow, live: saved.value.published === saved.value.latest };
}
