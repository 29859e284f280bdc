// One's own password: a new one for the old one.
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, path, request } from '@/api/request';
import { Hint } from '@/ui/hint';
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
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ field: 'current' | 'new'; text: string } | null>(null);
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const body = { current, new: fresh };
      await request(path`/users/${user}/password`, { method: 'PUT', body });
      onDone();
    } catch (error) {
      const field = error instanceof ApiProblem && error.status === 422 ? 'new' : 'current';
      setProblem({ field, text: error instanceof Error ? error.message : String(error) });
    } finally {
      setBusy(false);
    }
  };
  const complaint = (field: 'current' | 'new') =>
    problem?.field === field ? <Hint tone="err">{problem.text}</Hint> : null;
  return (
    <form className="flex flex-col gap-4" onSubmit={submit}>
      <PasswordField
        label={t('Current password')}
        kind="current-password"
        value={current}
        onChange={setCurrent}
        bad={problem?.field === 'current'}
        hint={complaint('current')}
      />
      <PasswordField
        label={t('New password')}
        kind="new-password"
        value={fresh}
        onChange={setFresh}
        bad={problem?.field === 'new'}
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
