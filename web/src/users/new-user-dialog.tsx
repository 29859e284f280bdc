// A new user; their password is shown once.
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, path, request } from '@/api/request';
import type { Session, User } from '@/api/types';
import { useAccount } from '@/session/account';
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';
import { Modal } from '@/ui/modal';
import { Tick } from '@/ui/tick';
import { PasswordChoice, usePasswordChoice } from './password-choice';
import { PasswordShown } from './password-shown';
import { administered } from './rights';
import { RolesField } from './roles-field';

interface Props {
  session: Session;
  close: (made?: string) => void;
}

export default function NewUserDialog({ session, close }: Props) {
  const { t } = useTranslation();
  const form = useId();
  const cache = useQueryClient();
  const here = useAccount().id;
  const [id, setId] = useState('');
  const [name, setName] = useState('');
  const [system, setSystem] = useState(false);
  const [roles, setRoles] = useState<User['roles']>({ [here]: 'viewer' });
  const [password, setPassword] = usePasswordChoice();
  const [busy, setBusy] = useState(false);
  const [made, setMade] = useState(false);
  const [problem, setProblem] = useState<{ about: 'id' | 'rest'; text: string } | null>(null);
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const body = { name: name.trim() || id, system, roles, password: password.text };
      await request(path`/users/${id}`, { method: 'PUT', body, ifNoneMatch: '*' });
      await cache.invalidateQueries({ queryKey: ['users'] });
      if (password.made) setMade(true);
      else close(id);
    } catch (error) {
      const taken = error instanceof ApiProblem && error.status === 412;
      const text = error instanceof Error ? error.message : String(error);
      setProblem(
        taken ? { about: 'id', text: t('There is a user of this name.') } : { about: 'rest', text },
      );
    } finally {
      setBusy(false);
    }
  };
  if (made) {
    const title = t('{{user}} can sign in now', { user: id });
    return (
      <PasswordShown title={title} user={id} password={password.text} close={() => close(id)} />
    );
  }
  const bad = problem?.about === 'id';
  const footer = (
    <>
      <span className="flex-1" />
      <button type="button" className="btn" onClick={() => close()}>
        {t('Cancel')}
      </button>
      <button type="submit" form={form} className="btn btn-primary" disabled={busy}>
        {t('Add user')}
      </button>
    </>
  );
  return (
    <Modal title={t('New user')} width={520} onClose={() => close()} footer={footer}>
      <form id={form} className="flex flex-col gap-5 p-5" onSubmit={submit}>
        <Labelled
          label={t('User name')}
          bad={bad}
          hint={
            bad ? (
              <Hint tone="err">{problem.text}</Hint>
            ) : (
              <Hint>{t('For signing in. Letters, digits, - and _.')}</Hint>
            )
          }
        >
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
        <Labelled label={t('Name')} optional={t('Optional')}>
          {(ids) => (
            <input
              {...ids}
              maxLength={128}
              autoComplete="off"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Labelled>
        <RolesField
          accounts={administered(session)}
          here={here}
          roles={roles}
          onChange={setRoles}
        />
        {session.system && (
          <Tick
            label={t('System administrator')}
            hint={t('Admin of every account, and makes new ones')}
            checked={system}
            onChange={setSystem}
          />
        )}
        <PasswordChoice chosen={password} choose={setPassword} />
        <div aria-live="polite">
          {problem?.about === 'rest' && <Hint tone="err">{problem.text}</Hint>}
        </div>
      </form>
    </Modal>
  );
}
