// A new account, or the name and domain of one.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sessionQuery } from '@/api/queries';
import { type Answer, ApiProblem, path, request } from '@/api/request';
import type { Account } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { FormModal } from '@/ui/form-modal';
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';
import { ProblemLine } from '@/ui/problem-line';
import { useSubmit } from '@/ui/use-submit';

interface Props {
  saved: Answer<Account> | null; // null: a new one
  close: () => void;
}

export default function AccountDialog({ saved, close }: Props) {
  const account = saved?.value;
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [id, setId] = useState(account?.id ?? '');
  const [name, setName] = useState(account?.name ?? '');
  const [realm, setRealm] = useState(account?.realm ?? '');
  const form = useSubmit(async () => {
    const body = { id, name: name.trim() || id, realm: realm.trim() };
    const seen = saved ? { ifMatch: saved.etag } : { ifNoneMatch: '*' as const };
    await request(path`/accounts/${id}`, { method: 'PUT', body, ...seen });
    await cache.invalidateQueries({ queryKey: ['accounts'] });
    await cache.invalidateQueries({ queryKey: sessionQuery.queryKey });
    close();
  });
  const { problem } = form;
  const taken = problem instanceof ApiProblem && problem.status === 412 && !account;
  return (
    <FormModal
      title={account ? account.name || account.id : t('New account')}
      deed={account ? t('Save') : t('Add account')}
      form={form}
      onClose={close}
    >
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
            {t('Calls to this domain belong to this account: “pbx.example”. Empty: the fall-back.')}
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
      <ProblemLine problem={taken ? new Error(t('There is an account with this id.')) : problem} />
    </FormModal>
  );
}
