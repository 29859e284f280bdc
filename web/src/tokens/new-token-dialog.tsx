// A new token: what it may, and until when. Its secret is shown once.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '@/api/request';
import type { Role, Session, Token } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { isAtMost, ROLES, useRoleWords } from '@/session/roles';
import { FormModal } from '@/ui/form-modal';
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';
import { ProblemLine } from '@/ui/problem-line';
import { ShownOnce } from '@/ui/shown-once';
import { useSubmit } from '@/ui/use-submit';
import { endOfDay, LIFE_DAYS_MAX, lifeDays, localDay } from './life';

interface Props {
  session: Session;
  here: string;
  close: () => void;
}

interface Made extends Token {
  secret: string;
}

function Secret({ made, close }: { made: Made; close: () => void }) {
  const { t } = useTranslation();
  const address = `${window.location.origin}/api/v1/accounts`;
  const title = t('{{name}} is ready', { name: made.name });
  return (
    <ShownOnce title={title} label={t('Token')} secret={made.secret} onClose={close}>
      <div className="mt-4 mb-1.5 font-medium">{t('To try it')}</div>
      <pre className="whitespace-pre-wrap break-all rounded-card border border-line p-3 t-code text-ink2">
        {`curl -H 'Authorization: Bearer ${made.secret}' ${address}`}
      </pre>
    </ShownOnce>
  );
}

export default function NewTokenDialog({ session, here, close }: Props) {
  const { t } = useTranslation();
  const words = useRoleWords();
  const cache = useQueryClient();
  const [name, setName] = useState('');
  const [account, setAccount] = useState(here);
  const [role, setRole] = useState<Role>('viewer');
  const [lastDay, setLastDay] = useState(() => localDay(Date.now(), 90));
  const [made, setMade] = useState<Made | null>(null);
  const own = session.accounts.find((one) => one.id === account)?.role ?? 'admin';
  const form = useSubmit(async () => {
    const body = {
      name: name.trim(),
      role,
      expires_ms: endOfDay(lastDay),
      ...(account ? { account } : {}),
    };
    const { value } = await request<Made>('/tokens', { method: 'POST', body });
    await cache.invalidateQueries({ queryKey: ['tokens'] });
    setMade(value);
  });
  if (made) return <Secret made={made} close={close} />;
  return (
    <FormModal
      title={t('New access token')}
      help={t('For scripts and programs that use the API.')}
      deed={t('Make token')}
      form={form}
      onClose={close}
    >
      <Labelled label={t('Name')} hint={<Hint>{t('What will use it: “Backup”, “CRM”.')}</Hint>}>
        {(ids) => (
          <input
            {...ids}
            required
            maxLength={128}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Labelled>
      <Labelled label={t('Account')}>
        {(ids) => (
          <select
            {...ids}
            value={account}
            onChange={(event) => {
              setAccount(event.target.value);
              setRole('viewer');
            }}
          >
            {session.accounts.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name || one.id}
              </option>
            ))}
            {session.accounts.length > 1 && <option value="">{t('All of mine')}</option>}
          </select>
        )}
      </Labelled>
      <Labelled label={t('Role')} hint={<Hint>{words[role].may}</Hint>}>
        {(ids) => (
          <select
            {...ids}
            value={role}
            onChange={(event) =>
              setRole(ROLES.find((one) => one === event.target.value) ?? 'viewer')
            }
          >
            {ROLES.filter((one) => isAtMost(one, own)).map((one) => (
              <option key={one} value={one}>
                {words[one].name}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Labelled
        label={t('Last day')}
        hint={
          <Hint>
            {t('{{count}} days, at most {{max}}', {
              count: lifeDays(lastDay, Date.now()),
              max: LIFE_DAYS_MAX,
            })}
          </Hint>
        }
      >
        {(ids) => (
          <input
            {...ids}
            type="date"
            required
            min={localDay(Date.now(), 0)}
            max={localDay(Date.now(), LIFE_DAYS_MAX)}
            value={lastDay}
            onChange={(event) => setLastDay(event.target.value)}
          />
        )}
      </Labelled>
      <ProblemLine problem={form.problem} />
    </FormModal>
  );
}
