// A new account, or the name and domain of one.
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '@/api/queries';
import { type Answer, ApiProblem, path, request } from '@/api/request';
import type { Account } from '@/api/types';
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';
import { Modal } from '@/ui/modal';

interface Props {
  saved: Answer<Account> | null; // null: a new one
  close: () => void;
}

export default function AccountDialog({ saved, close }: Props) {
  const account = saved?.value;
  const { t } = useTranslation();
  const form = useId();
  const cache = useQueryClient();
  const [id, setId] = useState(account?.id ?? '');
  const [name, setName] = useState(account?.name ?? '');
  const [realm, setRealm] = useState(account?.realm ?? '');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem('');
    try {
      const body = { id, name: name.trim() || id, realm: realm.trim() };
      const seen = saved ? { ifMatch: saved.etag } : { ifNoneMatch: '*' as const };
      await request(path`/accounts/${id}`, { method: 'PUT', body, ...seen });
      await cache.invalidateQueries({ queryKey: ['accounts'] });
      await cache.invalidateQueries({ queryKey: sessionQuery.queryKey });
      close();
    } catch (error) {
      const taken = error instanceof ApiProblem && error.status === 412 && !account;
      const text = error instanceof Error ? error.message : String(error);
      setProblem(taken ? t('There is an account with this id.') : text);
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
        {account ? t('Save') : t('Add account')}
      </button>
    </>
  );
  const title = account ? account.name || account.id : t('New account');
  return (
    <Modal title={title} width={520} onClose={close} footer={footer}>
      <form id={form} className="flex flex-col gap-5 p-5" onSubmit={submit}>
        {!account && (
          <Labelled label={t('Id')} hint={<Hint>{t('Letters, digits, - and _. It stays.')}</Hint>}>
            {(ids) => (
              <input
                {...ids}
                required
                autoComplete="off"
                pattern="[A-Za-z0-9_\-]{1,64}"
                value={id}
                onChange={(event) => setId(event.target.value)}
              />
            )}
          </Labelled>
        )}
        <Labelled label={t('Name')}>
          {(ids) => (
            <input
              {...ids}
              maxLength={128}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Labelled>
        <Labelled
          label={t('SIP domain')}
          optional={t('Optional')}
          hint={
            <Hint>
              {t(
                'Calls to this domain belong to this account: “pbx.example”. Empty: the fall-back.',
              )}
            </Hint>
          }
        >
          {(ids) => (
            <input
              {...ids}
              maxLength={253}
              autoComplete="off"
              value={realm}
              onChange={(event) => setRealm(event.target.value)}
            />
          )}
        </Labelled>
        <div aria-live="polite">{problem && <Hint tone="err">{problem}</Hint>}</div>
      </form>
    </Modal>
  );
}
