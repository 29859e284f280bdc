// What is done to a phone as a whole, from its own panel and from its seat's: made, given a new
// password, disabled, removed.

import type { Device, DeviceDocument, DeviceSummary, NewDevice, ObjectUse } from '@/api/office';
import { ApiProblem, path, request } from '@/api/request';
import { useTranslation } from '@/language/translate';
import { useDeed } from '@/seats/deed';
import { ask } from '@/ui/confirm';
import { toast } from '@/ui/toasts';
import { registers } from './kinds';

type Which = Pick<DeviceSummary, 'id' | 'name' | 'device_type'>;

export async function makePhone(account: string, body: DeviceDocument): Promise<Device> {
  const to = path`/accounts/${account}/devices`;
  return (await request<Device>(to, { method: 'POST', body })).value;
}

// Why the server kept it: something would ring nothing without it.
function usesOf(error: unknown): ObjectUse[] {
  return (error instanceof ApiProblem && error.problem.used_by) || [];
}

// `show` gets the password, which is told this once.
export function usePhoneDeeds(account: string, show: (device: NewDevice) => void) {
  const { t } = useTranslation();
  const { attempt, ...deed } = useDeed(account);
  const told = ({ new_device }: Device) => new_device && show(new_device);
  const at = (id: string) => path`/accounts/${account}/devices/${id}`;
  const add = (body: DeviceDocument) =>
    attempt(async () => {
      told(await makePhone(account, body));
    });
  const renew = async ({ id, name }: Which) => {
    const yes = await ask({
      title: t('New password for {{name}}?', { name }),
      text: t('The phone is out until it gets the new one.'),
      yes: t('New password'),
      no: t('Keep it'),
    });
    if (!yes) return;
    await attempt(async () => {
      told((await request<Device>(`${at(id)}/secret`, { method: 'POST', body: {} })).value);
    });
  };
  const enable = ({ id }: Which, enabled: boolean) =>
    attempt(async () => {
      const { value, etag } = await request<Device>(at(id));
      const body = { ...value.document, enabled };
      await request(at(id), { method: 'PUT', body, ifMatch: etag });
    });
  const tellUses = (name: string, uses: ObjectUse[]) => {
    const title = t('{{name}} is still used, so it is not removed', { name });
    const users = [...new Set(uses.map((one) => one.name || one.callflow || one.ring_group))];
    toast({ tone: 'err', title, detail: t('Used by: {{users}}', { users: users.join(', ') }) });
  };
  const remove = async ({ id, name, device_type }: Which, removed?: () => void) => {
    const yes = await ask({
      title: t('Remove {{name}}?', { name }),
      text: registers(device_type)
        ? t('Its password opens nothing any more. This can’t be undone.')
        : t('This can’t be undone.'),
      yes: t('Remove'),
      no: t('Keep it'),
      danger: true,
    });
    if (!yes) return;
    await attempt(async () => {
      try {
        await request(at(id), { method: 'DELETE', ifMatch: '*' });
        removed?.();
      } catch (error) {
        const uses = usesOf(error);
        if (uses.length === 0) throw error;
        tellUses(name, uses);
      }
    });
  };
  return { ...deed, attempt, add, renew, enable, remove };
}
