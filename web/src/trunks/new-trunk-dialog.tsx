// A new trunk.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { path, reasonOf, request } from '@/api/request';
import { namingRows } from '@/api/rows';
import type { NewLogin, Trunk, TrunkDocument } from '@/api/trunks';
import { useTranslation } from '@/language/translate';
import { FormModal } from '@/ui/form-modal';
import { ProblemLine } from '@/ui/problem-line';
import { toast } from '@/ui/toasts';
import { useSubmit } from '@/ui/use-submit';
import { LoginTold } from './login-told';
import { savePassword, withoutGaps } from './save';
import { TOLD_AT, TrunkFields } from './trunk-fields';

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
    const body = withoutGaps(trunk);
    const rows = namingRows('/addresses', body.addresses);
    const { value } = await request<Trunk>(to, { method: 'POST', body }).catch(rows);
    // The trunk is there, whatever is said of its password.
    await savePassword(account, value.id, password).catch((error) =>
      toast({ tone: 'err', title: reasonOf(error) }),
    );
    await cache.invalidateQueries({ queryKey: [account] });
    if (value.new_login) setMade({ id: value.id, login: value.new_login });
    else close(value.id);
  }, TOLD_AT);
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
        wrong={form.wrong}
        put={(part) => setTrunk((before) => ({ ...before, ...part }))}
        password={password}
        setPassword={setPassword}
        hasPassword={false}
      />
      <ProblemLine problem={form.problem} />
    </FormModal>
  );
}
