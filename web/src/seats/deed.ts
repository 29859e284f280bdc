// One change at a time; what refuses it is said, and what is stale is read again.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, reasonOf } from '@/api/request';
import { toast } from '@/ui/toasts';

export function useDeed(account: string) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null); // of the last one, for its fields
  const attempt = async (deed: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    try {
      await deed();
      await cache.invalidateQueries({ queryKey: [account] });
    } catch (error) {
      setProblem(error);
      const meanwhile = error instanceof ApiProblem && error.status === 412;
      if (meanwhile) await cache.invalidateQueries({ queryKey: [account] });
      const detail = t('You see it as it is now. Save again to change it.');
      toast({ tone: 'err', title: reasonOf(error), ...(meanwhile ? { detail } : {}) });
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, attempt };
}
