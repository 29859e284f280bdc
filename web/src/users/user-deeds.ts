// Reading, saving and deleting one user.
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, ApiProblem, path, reasonOf, request } from '@/api/request';
import type { User } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { ask } from '@/ui/confirm';
import { toast } from '@/ui/toasts';

export const userQuery = (id: string) =>
  queryOptions({
    queryKey: ['users', 'one', id],
    queryFn: () => request<User>(path`/users/${id}`),
  });

export function useUserDeeds(id: string, saved: Answer<User>, close: () => void) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [busy, setBusy] = useState(false);
  const fresh = () => cache.invalidateQueries({ queryKey: ['users'] });
  const attempt = async (deed: () => Promise<void>) => {
    setBusy(true);
    try {
      await deed();
    } catch (error) {
      const meanwhile = error instanceof ApiProblem && error.status === 412;
      if (meanwhile) await fresh();
      const title = reasonOf(error);
      const detail = meanwhile ? t('You see the user as it is now. Save again to change it.') : '';
      toast({ tone: 'err', title, ...(detail ? { detail } : {}) });
    } finally {
      setBusy(false);
    }
  };
  const save = (user: User, done: () => void) =>
    attempt(async () => {
      const { name, system, roles, disabled } = user;
      const body = { name, system, roles, disabled };
      await request(path`/users/${id}`, { method: 'PUT', body, ifMatch: saved.etag });
      await fresh();
      done();
      toast({ tone: 'ok', title: t('{{name}} is saved', { name }) });
    });
  const remove = async () => {
    const yes = await ask({
      title: t('Delete {{name}}?', { name: saved.value.name }),
      text: t('They are signed out, and their access tokens stop working. This can’t be undone.'),
      yes: t('Delete'),
      no: t('Keep it'),
      danger: true,
    });
    if (!yes) return;
    await attempt(async () => {
      await request(path`/users/${id}`, { method: 'DELETE', ifMatch: '*' });
      close();
      await fresh();
    });
  };
  return { busy, save, remove };
}
