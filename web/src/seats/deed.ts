// One change at a time; what refuses it is said, at its field where there is one, and what is
// stale is read again.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { untold, type Wrong, wrongAt } from '@/api/findings';
import { ApiProblem } from '@/api/request';
import { useTranslation } from '@/language/translate';
import { useWrongInView } from '@/ui/in-view';
import { toast } from '@/ui/toasts';

export function useDeed(account: string) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null); // of the last one
  useWrongInView(problem);
  // `told`: the pointers of the fields that ask `wrong`.
  const attempt = async (deed: () => Promise<void>, told: readonly string[] = []) => {
    setBusy(true);
    setProblem(null);
    try {
      await deed();
      await cache.invalidateQueries({ queryKey: [account] });
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      setProblem(error);
      const meanwhile = error instanceof ApiProblem && error.status === 412;
      if (meanwhile) await cache.invalidateQueries({ queryKey: [account] });
      const detail = t('You see it as it is now. Save again to change it.');
      const left = untold(error, told);
      if (left) toast({ tone: 'err', title: left.message, ...(meanwhile ? { detail } : {}) });
    } finally {
      setBusy(false);
    }
  };
  const wrong: Wrong = (pointer) => wrongAt(problem, pointer);
  const forget = () => setProblem(null);
  return { busy, attempt, wrong, forget };
}
