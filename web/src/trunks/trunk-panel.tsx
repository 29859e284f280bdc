// One trunk: how it stands, and what can be changed.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, path, request } from '@/api/request';
import { namingRows } from '@/api/rows';
import { LIVE_MS, type NewLogin, type Trunk, trunkQuery } from '@/api/trunks';
import { useTranslation } from '@/language/translate';
import { useDeed } from '@/seats/deed';
import { useEdits } from '@/seats/edits';
import { ObjectUses } from '@/seats/object-uses';
import { useMay } from '@/session/account';
import { ask } from '@/ui/confirm';
import { Hint } from '@/ui/hint';
import { PanelButtons } from '@/ui/panel-buttons';
import { SidePanel } from '@/ui/side-panel';
import { toast } from '@/ui/toasts';
import { isGone, WaitingPanel } from '@/ui/waiting-panel';
import { LoginTold } from './login-told';
import { savePassword, withoutGaps } from './save';
import { TrunkPill, useDetails } from './state';
import { TOLD_AT, TrunkFields } from './trunk-fields';

interface Props {
  id: string;
  account: string;
  close: () => void;
}

function Standing({ trunk }: { trunk: Trunk }) {
  const { t } = useTranslation();
  const { state, document } = trunk;
  return (
    <section aria-label={t('State')} className="flex flex-col gap-1">
      <div>
        <TrunkPill
          enabled={document.enabled ?? true}
          registers={document.registration?.enabled ?? false}
          logsIn={(document.login?.username ?? '') !== ''}
          state={state}
        />
      </div>
      {useDetails(state).map((line) => (
        <p key={line} className="t-small text-ink2">
          {line}
        </p>
      ))}
      {trunk.password_trouble && <Hint tone="err">{trunk.password_trouble}</Hint>}
      <Hint>
        {t('To try it: call out from a seat that may, and look at the call under Calls.')}
      </Hint>
    </section>
  );
}

function Fields({ id, account, close, saved }: Props & { saved: Answer<Trunk> }) {
  const { t } = useTranslation();
  const may = useMay();
  const [password, setPassword] = useState('');
  const [told, setTold] = useState<NewLogin>();
  const cache = useQueryClient();
  const { busy, attempt, wrong, forget } = useDeed(account);
  const more = password !== '';
  const {
    document: trunk,
    edited,
    meanwhile,
    put,
    drop,
    arrived,
  } = useEdits(saved.value.document, forget, more);
  const { name } = trunk;
  const to = path`/accounts/${account}/trunks/${id}`;
  const dirty = edited || more;
  const undo = () => {
    drop();
    setPassword('');
  };
  const save = () =>
    attempt(async () => {
      if (edited) {
        const body = withoutGaps(trunk);
        const call = { method: 'PUT', body, ifMatch: saved.etag } as const;
        const rows = namingRows('/addresses', body.addresses);
        const { value } = await request<Trunk>(to, call).catch(rows);
        setTold(value.new_login);
        // Saved, whatever is said of the password.
        await cache.invalidateQueries({ queryKey: [account, 'trunks'] });
        arrived(trunk);
      }
      await savePassword(account, id, password);
      setPassword((now) => (now === password ? '' : now));
      toast({ tone: 'ok', title: t('{{name}} is saved', { name }) });
    }, TOLD_AT);
  const renew = async () => {
    const yes = await ask({
      title: t('New password for {{name}}?', { name: saved.value.document.name }),
      text: t('The other side is out until it gets the new one.'),
      yes: t('New password'),
      no: t('Keep it'),
    });
    if (!yes) return;
    await attempt(async () => {
      setTold((await request<Trunk>(`${to}/secret`, { method: 'POST' })).value.new_login);
    });
  };
  const remove = async () => {
    const yes = await ask({
      title: t('Delete {{name}}?', { name: saved.value.document.name }),
      text: t('This can’t be undone.'),
      yes: t('Delete'),
      no: t('Keep it'),
      danger: true,
    });
    if (!yes) return;
    await attempt(async () => {
      await request(to, { method: 'DELETE', ifMatch: '*' });
      undo();
      close();
    });
  };
  const footer = may.administer && (
    <PanelButtons
      ready={dirty && !busy && name.trim() !== ''}
      dirty={dirty}
      meanwhile={meanwhile}
      onDelete={() => void remove()}
      onUndo={undo}
    />
  );
  return (
    <SidePanel
      title={saved.value.document.name || id}
      onClose={close}
      footer={footer}
      onSave={() => void save()}
    >
      <div className="flex flex-col gap-5 p-5">
        <Standing trunk={saved.value} />
        {told && <LoginTold login={told} />}
        {may.administer && saved.value.document.login?.username && (
          <button type="button" className="btn" disabled={busy} onClick={() => void renew()}>
            {t('New password of its login here')}
          </button>
        )}
        <TrunkFields
          trunk={trunk}
          fixed={!may.administer}
          wrong={wrong}
          put={put}
          password={password}
          setPassword={setPassword}
          hasPassword={saved.value.has_password}
        />
        <ObjectUses account={account} kind="trunks" id={id} />
      </div>
    </SidePanel>
  );
}

export function TrunkPanel(props: Props) {
  const query = trunkQuery(props.account, props.id);
  const { data: saved, error } = useQuery({ ...query, refetchInterval: LIVE_MS });
  if (saved && !isGone(error)) return <Fields {...props} saved={saved} />;
  return <WaitingPanel title={props.id} error={error} onClose={props.close} />;
}
