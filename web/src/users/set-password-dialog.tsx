// A new password for somebody who has lost theirs.
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { path, request } from '@/api/request';
import { Hint } from '@/ui/hint';
import { Modal } from '@/ui/modal';
import { toast } from '@/ui/toasts';
import { PasswordChoice, usePasswordChoice } from './password-choice';
import { PasswordShown } from './password-shown';

export default function SetPasswordDialog({ user, close }: { user: string; close: () => void }) {
  const { t } = useTranslation();
  const form = useId();
  const [password, setPassword] = usePasswordChoice();
  const [busy, setBusy] = useState(false);
  const [set, setSet] = useState(false);
  const [problem, setProblem] = useState('');
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem('');
    try {
      const body = { new: password.text };
      await request(path`/users/${user}/password`, { method: 'PUT', body });
      if (password.made) {
        setSet(true);
        return;
      }
      toast({ tone: 'ok', title: t('{{user}} has a new password', { user }) });
      close();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  if (set) {
    const title = t('{{user}} has a new password', { user });
    return <PasswordShown title={title} user={user} password={password.text} close={close} />;
  }
  const footer = (
    <>
      <span className="flex-1" />
      <button type="button" className="btn" onClick={close}>
        {t('Cancel')}
      </button>
      <button type="submit" form={form} className="btn btn-primary" disabled={busy}>
        {t('Set password')}
      </button>
    </>
  );
  return (
    <Modal
      title={t('New password for {{user}}', { user })}
      help={t('Their sessions end.')}
      width={520}
      onClose={close}
      footer={footer}
    >
      <form id={form} className="p-5" onSubmit={submit}>
        <PasswordChoice chosen={password} choose={setPassword} />
        <div aria-live="polite">{problem && <Hint tone="err">{problem}</Hint>}</div>
      </form>
    </Modal>
  );
}
