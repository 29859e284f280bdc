// Ends a live call, after asking.
import { useQueryClient } from '@tanstack/react-query';
import { PhoneOff } from 'lucide-react';
import { useState } from 'react';
import { path, reasonOf, request } from '@/api/request';
import type { Call } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { ask } from '@/ui/confirm';
import { toast } from '@/ui/toasts';
import { userOf } from './calls';

export function EndButton({ account, call }: { account: string; call: Call }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [busy, setBusy] = useState(false);
  const caller = userOf(call.from);
  const end = async () => {
    const yes = await ask({
      title: t('End the call of {{caller}}?', { caller }),
      text: t('The line goes dead for the caller at once.'),
      yes: t('End the call'),
      no: t('Let it go on'),
      danger: true,
    });
    if (!yes) return;
    setBusy(true);
    try {
      await request(path`/accounts/${account}/calls/${call.id}/end`, { method: 'POST' });
    } catch (error) {
      toast({ tone: 'warn', title: reasonOf(error) });
      setBusy(false);
    }
    await cache.invalidateQueries({ queryKey: [account, 'calls'] });
  };
  return (
    <button
      type="button"
      className="btn btn-sm"
      disabled={busy}
      aria-label={t('End the call of {{caller}}', { caller })}
      onClick={() => void end()}
    >
      <PhoneOff aria-hidden />
      {t('End')}
    </button>
  );
}
