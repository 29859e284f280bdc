// A new user; their password is shown once.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem, path, request } from '@/api/request';
import type { Session, User } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { useAccount } from '@/session/account';
import { FormModal } from '@/ui/form-modal';
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';
import { ProblemLine } from '@/ui/problem-line';
import { ShownOnce } from '@/ui/shown-once';
import { Tick } from '@/ui/tick';
import { useSubmit } from '@/ui/use-submit';
import { PasswordChoice, usePasswordChoice } from './password-choice';
import { administered } from './rights';
import { RolesField } from './roles-field';

interface Props {
  session: Session;
  close: (made?: string) => void;
}

export default function NewUserDialog({ session, close }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const here = useAccount().id;
  const [id, setId] = useState('');
  const [name, setName] = useState('');
  const [system, setSystem] = useState(false);
  const [roles, setRoles] = useState<User['roles']>({ [here]: 'viewer' });
  const [password, setPassword] = usePasswordChoice();
  const [made, setMade] = useState(false);
  const form = useSubmit(async () => {
    const body = { name: name.trim() || id, system, roles, password: password.text };
    await request(path`/users/${id}`, { method: 'PUT', body, ifNoneMatch: '*' });
    await cache.invalidateQueries({ queryKey: ['users'] });
    if (password.made) setMade(true);
    else close(id);
  });
  if (made) {
    return (
      <ShownOnce
        title={t('{{user}} can sign in now', { user: id })}
        label={t('Password of {{user}}', { user: id })}
        secret={password.text}
        onClose={() => close(id)}
      />
    );
  }
  const taken = form.problem instanceof ApiProblem && form.problem.status === 412;
  return (
    <FormModal title={t('New user')} deed={t('Add user')} form={form} onClose={() => close()}>
      <Labelled
        label={t('User name')}
        bad={taken}
        hint={
          taken ? (
            <Hint tone="err">{t('There is a user of this name.')}</Hint>
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
      <RolesField accounts={administered(session)} here={here} roles={roles} onChange={setRoles} />
      {session.system && (
        <Tick
          label={t('System administrator')}
          hint={t('Admin of every account, and makes new ones')}
          checked={system}
          onChange={setSystem}
        />
      )}
      <PasswordChoice chosen={password} choose={setPassword} />
      <ProblemLine problem={taken ? null : form.problem} />
    </FormModal>
  );
}
