// A phone number that the account has, and no callflow yet.
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { path, request } from '@/api/request';
import type { NumberEntry } from '@/api/types';
import { isNumber, NUMBER_CHARS_MAX, plainNumber } from '@/callflow/numbers';
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';
import { Modal } from '@/ui/modal';

interface Props {
  account: string;
  close: () => void;
}

export default function AddNumberDialog({ account, close }: Props) {
  const { t } = useTranslation();
  const form = useId();
  const cache = useQueryClient();
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const number = plainNumber(typed);
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (!isNumber(number)) {
      setProblem(t('Up to 36 letters, digits and - . _ * # +'));
      return;
    }
    setBusy(true);
    setProblem('');
    try {
      const to = path`/accounts/${account}/numbers`;
      await request<NumberEntry>(to, { method: 'POST', body: { number } });
      await cache.invalidateQueries({ queryKey: [account, 'numbers'] });
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
      <button type="submit" form={form} className="btn btn-primary" disabled={busy}>
        {t('Add number')}
      </button>
    </>
  );
  return (
    <Modal
      title={t('New number')}
      help={t('One that your carrier sends here. It is spare until a callflow has it.')}
      width={440}
      onClose={close}
      footer={footer}
    >
      <form id={form} className="p-5" onSubmit={submit}>
        <Labelled
          label={t('Number')}
          bad={problem !== ''}
          hint={
            problem ? (
              <Hint tone="err">{problem}</Hint>
            ) : (
              <Hint>{t('With country code: +1 415 555 0100')}</Hint>
            )
          }
        >
          {(ids) => (
            <input
              {...ids}
              required
              inputMode="tel"
              autoComplete="off"
              maxLength={2 * NUMBER_CHARS_MAX}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Labelled>
      </form>
    </Modal>
  );
}
