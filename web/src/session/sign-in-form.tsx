// User name and password, on the login page and over a page whose session has ended.
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import { noteSignIn } from '@/api/connection';
import { sessionQuery } from '@/api/queries';
import { request } from '@/api/request';
import type { Session } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { Hint } from '@/ui/hint';
import { useSubmit } from '@/ui/use-submit';
import { PasswordField } from './password-field';

interface Props {
  user?: string; // whose session it was: nobody else goes on with it
  onDone: () => void;
  children?: ReactNode;
}

export function SignInForm({ user: owner, onDone, children }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const cache = useQueryClient();
  const [user, setUser] = useState(owner ?? '');
  const [password, setPassword] = useState('');
  const { busy, problem, submit } = useSubmit(async () => {
    const body = { user, password };
    const { value } = await request<Session>('/session', { method: 'POST', body });
    cache.setQueryData(sessionQuery.queryKey, value);
    noteSignIn();
    onDone();
  });
  return (
    <form onSubmit={submit}>
      <label htmlFor={`${id}-user`} className="mb-1.5 block font-medium">
        {t('User name')}
      </label>
      <div className="field mb-4">
        <input
          id={`${id}-user`}
          autoComplete="username"
          required
          readOnly={owner !== undefined}
          value={user}
          onChange={(event) => setUser(event.target.value)}
        />
      </div>
      <PasswordField
        label={t('Password')}
        kind="current-password"
        value={password}
        onChange={setPassword}
        bad={problem !== null}
        hint={problem && <Hint tone="err">{problem.message}</Hint>}
      />
      <button type="submit" className="btn btn-lg btn-primary mt-4 w-full" disabled={busy}>
        {t('Sign in')}
      </button>
      {children}
    </form>
  );
}
