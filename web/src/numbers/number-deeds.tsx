// What can be done with one number.
import { useQueryClient } from '@tanstack/react-query';
import { PhoneIncoming, Trash2 } from 'lucide-react';
import { path, reasonOf, request } from '@/api/request';
import type { NumberEntry } from '@/api/types';
import { shownNumber } from '@/callflow/numbers';
import { useTranslation } from '@/language/translate';
import { useMay } from '@/session/account';
import { ask } from '@/ui/confirm';
import { toast } from '@/ui/toasts';

interface Props {
  one: NumberEntry;
  account: string;
  onAsk: (number: string) => void;
  onAssign: (number: string) => void;
}

function useRemove(account: string): (number: string) => Promise<void> {
  const { t } = useTranslation();
  const cache = useQueryClient();
  return async (number) => {
    const shown = shownNumber(number);
    const yes = await ask({
      title: t('Remove {{number}}?', { number: shown }),
      text: t('No callflow has it. Calls to it are refused, as they are now.'),
      yes: t('Remove'),
      no: t('Keep it'),
      danger: true,
    });
    if (!yes) return;
    try {
      await request(path`/accounts/${account}/numbers/${number}`, { method: 'DELETE' });
      await cache.invalidateQueries({ queryKey: [account, 'numbers'] });
    } catch (error) {
      toast({ tone: 'err', title: reasonOf(error) });
    }
  };
}

export function NumberDeeds({ one, account, onAsk, onAssign }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const remove = useRemove(account);
  const number = shownNumber(one.number);
  return (
    <span className="flex justify-end gap-1">
      {one.spare && may.edit && (
        <button
          type="button"
          className="btn btn-sm"
          aria-label={t('Assign {{number}}', { number })}
          onClick={() => onAssign(one.number)}
        >
          {t('Assign')}
        </button>
      )}
      {one.spare && may.administer && (
        <button
          type="button"
          className="btn btn-ghost btn-icon btn-sm"
          aria-label={t('Remove {{number}}', { number })}
          onClick={() => void remove(one.number)}
        >
          <Trash2 aria-hidden />
        </button>
      )}
      {(one.kind === 'extension' || one.kind === 'phone') && (
        <button
          type="button"
          className="btn btn-ghost btn-icon btn-sm"
          aria-label={t('What happens if someone calls {{number}}', { number })}
          title={t('What happens if someone calls')}
          onClick={() => onAsk(one.number)}
        >
          <PhoneIncoming aria-hidden />
        </button>
      )}
    </span>
  );
}
