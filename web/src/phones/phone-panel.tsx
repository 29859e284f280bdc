// One phone: whether it is there, what can be set on it, what rings it.
import { useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { type Device, deviceQuery, type NewDevice, registrationsQuery } from '@/api/office';
import { type Answer, path, request } from '@/api/request';
import { useTranslation } from '@/language/translate';
import { useEdits } from '@/seats/edits';
import { ObjectUses } from '@/seats/object-uses';
import { PhoneSettings } from '@/seats/phone-settings';
import { useMay } from '@/session/account';
import { Facts } from '@/ui/facts';
import { Hint } from '@/ui/hint';
import { PanelButtons } from '@/ui/panel-buttons';
import { SidePanel } from '@/ui/side-panel';
import { toast } from '@/ui/toasts';
import { isGone, WaitingPanel } from '@/ui/waiting-panel';
import { usePhoneDeeds } from './deeds';
import { registers, useKindWords } from './kinds';
import { PhoneFields, toldAt } from './phone-fields';
import { PhonePill } from './phone-pill';
import { contactsByDevice } from './states';

interface Props {
  id: string;
  account: string;
  close: () => void;
}

// A phone that cannot log in says why.
function SecretHint({ secret_state: secret }: Device) {
  const { t } = useTranslation();
  if (!secret || secret.current) return null;
  return (
    <Hint tone="warn">
      {secret.set
        ? t('Its password was made for another domain. Make a new one.')
        : t('It has no password. Make one, and it can register.')}
    </Hint>
  );
}

function Standing({ account, device }: { account: string; device: Device }) {
  const { t } = useTranslation();
  const words = useKindWords();
  const { data: registrations = [] } = useQuery(registrationsQuery(account));
  const { document, id } = device;
  const { device_type = 'sip_device', enabled = true, sip } = document;
  const contacts = registrations.filter((one) => one.device === id);
  const user = <code className="t-code select-all">{sip?.username}</code>;
  const places = contacts.map(({ source, transport, user_agent }) =>
    [source, transport.toUpperCase(), user_agent].filter(Boolean).join(' · '),
  );
  return (
    <section aria-label={t('State')} className="flex flex-col gap-2">
      <div className="flex items-center gap-2">
        <span className="flex-1 text-ink3">{words[device_type].name}</span>
        <PhonePill phone={{ device_type, enabled }} contact={contactsByDevice(contacts).get(id)} />
      </div>
      {registers(device_type) && (
        <>
          <Facts
            facts={[
              [t('User name'), user],
              ...(places.length
                ? [[t('Registered from'), places.join('\n')] as [string, string]]
                : []),
            ]}
          />
          <SecretHint {...device} />
        </>
      )}
    </section>
  );
}

function Fields({ id, account, close, saved }: Props & { saved: Answer<Device> }) {
  const { t } = useTranslation();
  const may = useMay();
  const [shown, setShown] = useState<NewDevice | null>(null);
  const { busy, attempt, wrong, forget, renew, remove } = usePhoneDeeds(account, setShown);
  const { document } = saved.value;
  const { document: phone, edited, meanwhile, put, drop, arrived } = useEdits(document, forget);
  const { name, device_type = 'sip_device' } = document;
  const which = { id, name, device_type };
  const gone = () => {
    drop();
    close();
  };
  const save = () =>
    attempt(async () => {
      const to = path`/accounts/${account}/devices/${id}`;
      await request(to, { method: 'PUT', body: phone, ifMatch: saved.etag });
      arrived(phone);
      toast({ tone: 'ok', title: t('{{name}} is saved', { name: phone.name }) });
    }, toldAt(phone));
  const footer = may.administer && (
    <PanelButtons
      ready={edited && !busy && phone.name.trim() !== ''}
      dirty={edited}
      meanwhile={meanwhile}
      deletion={t('Remove')}
      onDelete={() => void remove(which, gone)}
      onUndo={drop}
    />
  );
  return (
    <SidePanel title={name || id} onClose={close} footer={footer} onSave={() => void save()}>
      <div className="flex flex-col gap-5 p-5">
        <Standing account={account} device={saved.value} />
        {may.administer && registers(device_type) && (
          <button
            type="button"
            className="btn self-start"
            disabled={busy}
            onClick={() => void renew(which)}
          >
            <KeyRound aria-hidden />
            {t('New password')}
          </button>
        )}
        <PhoneFields
          account={account}
          phone={phone}
          fixed={!may.administer}
          linked={!edited}
          wrong={wrong}
          put={put}
        />
        <ObjectUses account={account} kind="devices" id={id} />
      </div>
      {shown && (
        <PhoneSettings
          account={account}
          title={t('Phone {{name}}', { name })}
          device={shown}
          onClose={() => setShown(null)}
        />
      )}
    </SidePanel>
  );
}

export function PhonePanel(props: Props) {
  const { data: saved, error } = useQuery(deviceQuery(props.account, props.id));
  if (saved && !isGone(error)) return <Fields {...props} saved={saved} />;
  return <WaitingPanel title={props.id} error={error} onClose={props.close} />;
}
