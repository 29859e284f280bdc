// One's own password: a new one for the old one.
import { type ReactNode, useState } from 'react';
import { ApiProblem, path, request } from '@/api/request';
import { useTranslation } from '@/language/translate';
import { Hint } from '@/ui/hint';
import { useSubmit } from '@/ui/use-submit';
import { PASSWORD_CHARS_MIN, PasswordField } from './password-field';

interface Props {
  user: string;
  onDone: () => void;
  children: ReactNode; // the other button
}

export function OwnPasswordForm({ user, onDone, children }: Props) {
  const { t } = useTranslation();
  const [current, setCurrent] = useState('');
  const [fresh, setFresh] = useState('');
  const { busy, problem, submit } = useSubmit(async () => {
    const body = { current, new: fresh };
    await request(path`/users/${user}/password`, { method: 'PUT', body });
    onDone();
  });
  const about = problem instanceof ApiProblem && problem.status === 422 ? 'new' : 'current';
  const complaint = (field: 'current' | 'new') =>
    problem && about === field ? <Hint tone="err">{problem.message}</Hint> : null;
  return (
    <form className="flex flex-col gap-4" onSubmit={submit}>
      <PasswordField
        label={t('Current password')}
        kind="current-password"
        value={current}
        onChange={setCurrent}
        bad={complaint('current') !== null}
        hint={complaint('current')}
      />
      <PasswordField
        label={t('New password')}
        kind="new-password"
        value={fresh}
        onChange={setFresh}
        bad={complaint('new') !== null}
        hint={
          complaint('new') ?? (
            <Hint>{t('At least {{count}} characters', { count: PASSWORD_CHARS_MIN })}</Hint>
          )
        }
      />
      <div className="flex justify-end gap-2">
        {children}
        <button type="submit" className="btn btn-primary" disabled={busy}>
          {t('Change password')}
        </button>
      </div>
    </form>
  );
}
