// A new trunk.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { path, request } from '@/api/request';
import type { NewLogin, Trunk, TrunkDocument } from '@/api/trunks';
import { FormModal } from '@/ui/form-modal';
import { ProblemLine } from '@/ui/problem-line';
import { useSubmit } from '@/ui/use-submit';
import { LoginTold } from './login-told';
import { savePassword, withoutGaps } from './save';
import { TrunkFields } from './trunk-fields';

interface Props {
  account: string;
  close: (made?: string) => void;
}

export default function NewTrunkDialog({ account, close }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [trunk, setTrunk] = useState<TrunkDocument>({ name: '', addresses: [{ host: '' }] });
  const [password, setPassword] = useState('');
  const [made, setMade] = useState<{ id: string; login: NewLogin }>();
  const form = useSubmit(async () => {
    if (made) return close(made.id);
    const to = path`/accounts/${account}/trunks`;
    const { value } = await request<Trunk>(to, { method: 'POST', body: withoutGaps(trunk) });
    await savePassword(account, value.id, password);
    await cache.invalidateQueries({ queryKey: [account] });
    if (value.new_login) setMade({ id: value.id, login: value.new_login });
    else close(value.id);
  });
  if (made) {
    return (
      <FormModal
        title={t('{{name}} is ready', { name: trunk.name })}
        deed={t('Done')}
        form={form}
        ready
        onClose={() => close(made.id)}
      >
        <LoginTold login={made.login} />
      </FormModal>
    );
  }
  return (
    <FormModal
      title={t('New trunk')}
      deed={t('Add trunk')}
      form={form}
      ready={trunk.name.trim() !== ''}
      onClose={() => close()}
    >
      <TrunkFields
        trunk={trunk}
        fixed={false}
        put={(part) => setTrunk((before) => ({ ...before, ...part }))}
        password={password}
        setPassword={setPassword}
        hasPassword={false}
      />
      <ProblemLine problem={form.problem} />
    </FormModal>
  );
}
