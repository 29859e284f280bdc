// A new password for somebody who has lost theirs.
import { useState } from 'react';
import { path, request } from '@/api/request';
import { useTranslation } from '@/language/translate';
import { FormModal } from '@/ui/form-modal';
import { ProblemLine } from '@/ui/problem-line';
import { ShownOnce } from '@/ui/shown-once';
import { toast } from '@/ui/toasts';
import { useSubmit } from '@/ui/use-submit';
import { PasswordChoice, usePasswordChoice } from './password-choice';

export default function SetPasswordDialog({ user, close }: { user: string; close: () => void }) {
  const { t } = useTranslation();
  const [password, setPassword] = usePasswordChoice();
  const [set, setSet] = useState(false);
  const done = t('{{user}} has a new password', { user });
  const form = useSubmit(async () => {
    const body = { new: password.text };
    await request(path`/users/${user}/password`, { method: 'PUT', body });
    if (password.made) {
      setSet(true);
      return;
    }
    toast({ tone: 'ok', title: done });
    close();
  });
  if (set) {
    const label = t('Password of {{user}}', { user });
    return <ShownOnce title={done} label={label} secret={password.text} onClose={close} />;
  }
  return (
    <FormModal
      title={t('New password for {{user}}', { user })}
      help={t('Their sessions end.')}
      deed={t('Set password')}
      form={form}
      onClose={close}
    >
      <PasswordChoice chosen={password} choose={setPassword} />
      <ProblemLine problem={form.problem} />
    </FormModal>
  );
}
