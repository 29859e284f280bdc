// Which callflow shall answer this number.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callflowsQuery } from '@/api/queries';
import { shownNumber } from '@/callflow/numbers';
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';
import { Modal } from '@/ui/modal';
import { toast } from '@/ui/toasts';
import { assign } from './assign';

interface Props {
  account: string;
  number: string;
  close: () => void;
}

export default function AssignDialog({ account, number, close }: Props) {
  const { t } = useTranslation();
  const form = useId();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { data: callflows = [] } = useQuery(callflowsQuery(account));
  const [callflow, setCallflow] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const chosen = callflows.find((one) => one.id === callflow);
  const open = () => void navigate({ to: '/callflows/$id', params: { id: callflow } });
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem('');
    try {
      const { name, live } = await assign(account, callflow, number);
      await cache.invalidateQueries({ queryKey: [account] });
      toast({
        tone: live ? 'ok' : 'warn',
        title: t('{{name}} has the number {{number}} now', { name, number: shownNumber(number) }),
        detail: live ? t('New calls use it.') : t('It takes no calls yet.'),
        ...(live ? {} : { action: { label: t('Open'), run: open } }),
      });
      close();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  const footer = (
    <>
      <span className="flex-1" />
      <button type="button" className="btn" onClick={close}>
        {t('Cancel')}
      </button>
      <button type="submit" form={form} className="btn btn-primary" disabled={busy || !chosen}>
        {t('Assign')}
      </button>
    </>
  );
  return (
    <Modal
      title={t('Assign {{number}}', { number: shownNumber(number) })}
      width={440}
      onClose={close}
      footer={footer}
    >
      <form id={form} className="p-5" onSubmit={submit}>
        <Labelled
          label={t('Callflow')}
          hint={
            <Hint tone={problem ? 'err' : 'plain'}>
              {problem ||
                (chosen && chosen.published !== chosen.revision
                  ? t('It goes into the draft, which takes no calls yet.')
                  : t('New calls to the number are answered by it at once.'))}
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
      </form>
    </Modal>
  );
}
