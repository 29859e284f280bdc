// Which callflow shall answer this number.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { callflowsQuery } from '@/api/queries';
import { shownNumber } from '@/callflow/numbers';
import { useTranslation } from '@/language/translate';
import { FormModal } from '@/ui/form-modal';
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';
import { ProblemLine } from '@/ui/problem-line';
import { toast } from '@/ui/toasts';
import { useSubmit } from '@/ui/use-submit';
import { assign } from './assign';

interface Props {
  account: string;
  number: string;
  close: () => void;
}

export default function AssignDialog({ account, number, close }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { data: callflows = [] } = useQuery(callflowsQuery(account));
  const [callflow, setCallflow] = useState('');
  const shown = shownNumber(number);
  const chosen = callflows.find((one) => one.id === callflow);
  const open = () => void navigate({ to: '/callflows/$id', params: { id: callflow } });
  const form = useSubmit(async () => {
    const { name, live } = await assign(account, callflow, number);
    await cache.invalidateQueries({ queryKey: [account] });
    toast({
      tone: live ? 'ok' : 'warn',
      title: t('{{name}} has the number {{number}} now', { name, number: shown }),
      detail: live ? t('New calls use it.') : t('It takes no calls yet.'),
      ...(live ? {} : { action: { label: t('Open'), run: open } }),
    });
    close();
  });
  return (
    <FormModal
      title={t('Assign {{number}}', { number: shown })}
      deed={t('Assign')}
      form={form}
      ready={chosen !== undefined}
      onClose={close}
    >
      <Labelled
        label={t('Callflow')}
        hint={
          <Hint>
            {chosen && chosen.published !== chosen.revision
              ? t('It goes into the draft, which takes no calls yet.')
              : t('New calls to the number are answered by it at once.')}
          </Hint>
        }
      >
        {(ids) => (
          <select
            {...ids}
            required
            value={callflow}
            onChange={(event) => setCallflow(event.target.value)}
          >
            <option value="">{t('Choose a callflow')}</option>
            {callflows.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name || one.id}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <ProblemLine problem={form.problem} />
    </FormModal>
  );
}
