// Sign in.
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Eye, EyeOff, Info } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, request } from '@/api/request';
import type { Session } from '@/api/types';
import { Logo } from '@/frame/logo';
import { Hint } from '@/ui/hint';

export default function LoginPage() {
  const { t } = useTranslation();
  const id = useId();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem('');
    try {
      const body = { user, password };
      const { value } = await request<Session>('/session', { method: 'POST', body });
      cache.setQueryData(['session'], value);
      await navigate({ to: '/callflows' });
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.problem.detail : String(error));
    } finally {
      setBusy(false);
    }
  };
  const Sight = shown ? EyeOff : Eye;
  return (
    <main className="diagram-dots grid h-full place-items-center p-4">
      <form
        className="w-full max-w-[400px] rounded-dialog border border-line bg-surface p-8 shadow-high"
        onSubmit={submit}
      >
        <Logo size={44} />
        <h1 className="t-page mt-5">{t('Sign in to Strowger')}</h1>
        <p className="text-ink3">{window.location.hostname}</p>
        <label htmlFor={`${id}-user`} className="mt-5 mb-1.5 block font-medium">
          {t('User name')}
        </label>
        <div className="field">
          <input
            id={`${id}-user`}
            autoComplete="username"
            required
            value={user}
            onChange={(event) => setUser(event.target.value)}
          />
        </div>
        <label htmlFor={`${id}-password`} className="mt-4 mb-1.5 block font-medium">
          {t('Password')}
        </label>
        <div className="field" data-bad={problem !== ''}>
          <input
            id={`${id}-password`}
            type={shown ? 'text' : 'password'}
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <button
            type="button"
            className="grid h-6 w-6 place-items-center text-ink2"
            aria-label={shown ? t('Hide the password') : t('Show the password')}
            onClick={() => setShown(!shown)}
          >
            <Sight aria-hidden />
          </button>
        </div>
        <div aria-live="polite">{problem && <Hint tone="err">{problem}</Hint>}</div>
        <button type="submit" className="btn btn-lg btn-primary mt-4 w-full" disabled={busy}>
          {t('Sign in')}
        </button>
        <p className="mt-5 flex gap-2 border-line border-t pt-4 t-small text-ink3">
          <Info aria-hidden className="!h-3.5 !w-3.5" />
          {t('First start? The server printed the password of admin once, in its log.')}
        </p>
      </form>
    </main>
  );
}
