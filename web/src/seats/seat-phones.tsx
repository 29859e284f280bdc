// The phones of a seat: registered or not, a new password, disable, remove, add.
import { useQuery } from '@tanstack/react-query';
import { KeyRound, Phone, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Device,
  type DeviceSummary,
  devicesQuery,
  type NewDevice,
  type Registration,
  registrationsQuery,
} from '@/api/office';
import { path, request } from '@/api/request';
import { useMay } from '@/session/account';
import { ask } from '@/ui/confirm';
import { useDeed } from './deed';
import { PhoneSettings } from './phone-settings';

interface Props {
  account: string;
  seat: string;
  name: string;
}

function usePhoneDeeds({ account, seat, name }: Props, show: (device: NewDevice) => void) {
  const { t } = useTranslation();
  const { busy, attempt } = useDeed(account);
  const told = ({ new_device }: Device) => new_device && show(new_device);
  const at = (id: string) => path`/accounts/${account}/devices/${id}`;
  const add = (count: number) =>
    attempt(async () => {
      const body = {
        name: t('{{name}}, phone {{count}}', { name, count }).slice(0, 128),
        owner_id: seat,
      };
      const to = path`/accounts/${account}/devices`;
      told((await request<Device>(to, { method: 'POST', body })).value);
    });
  const renew = async (device: DeviceSummary) => {
    const yes = await ask({
      title: t('New password for {{name}}?', { name: device.name }),
      text: t('The phone is out until it gets the new one.'),
      yes: t('New password'),
      no: t('Keep it'),
    });
    if (!yes) return;
    await attempt(async () => {
      told((await request<Device>(`${at(device.id)}/secret`, { method: 'POST', body: {} })).value);
    });
  };
  const enable = (device: DeviceSummary, enabled: boolean) =>
    attempt(async () => {
      const { value, etag } = await request<Device>(at(device.id));
      const body = { ...value.document, enabled };
      await request(at(device.id), { method: 'PUT', body, ifMatch: etag });
    });
  const remove = async (device: DeviceSummary) => {
    const yes = await ask({
      title: t('Remove {{name}}?', { name: device.name }),
      text: t('Its password opens nothing any more. This can’t be undone.'),
      yes: t('Remove'),
      no: t('Keep it'),
      danger: true,
    });
    if (!yes) return;
    await attempt(async () => {
      await request(at(device.id), { method: 'DELETE', ifMatch: '*' });
    });
  };
  return { busy, add, renew, enable, remove };
}

function Registered({ contact }: { contact: Registration | undefined }) {
  const { t } = useTranslation();
  if (!contact) return <span className="pill">{t('Offline')}</span>;
  if (!contact.reachable) return <span className="pill pill-warn">{t('Out of reach')}</span>;
  return (
    <span className="pill pill-ok">
      <span className="dot" aria-hidden />
      {contact.round_trip_ms === null
        ? t('Registered')
        : t('Registered, {{ms}} ms', { ms: contact.round_trip_ms })}
    </span>
  );
}

interface RowProps {
  device: DeviceSummary;
  contact: Registration | undefined;
  deeds: ReturnType<typeof usePhoneDeeds>;
}

function PhoneRow({ device, contact, deeds }: RowProps) {
  const { t } = useTranslation();
  const may = useMay();
  const { name } = device;
  const about = contact
    ? `${contact.source} · ${contact.transport.toUpperCase()} · ${contact.user_agent}`
    : device.username;
  return (
    <li className="flex flex-col gap-1.5 py-2">
      <div className="flex items-center gap-2.5">
        <Phone aria-hidden className="flex-none text-ink3" />
        <span className="min-w-0 flex-1">
          <span className="block truncate">{name}</span>
          <span className="block truncate t-small text-ink3" title={about}>
            {about}
          </span>
        </span>
        {device.enabled ? (
          <Registered contact={contact} />
        ) : (
          <span className="pill pill-err">{t('Disabled')}</span>
        )}
      </div>
      {may.administer && (
        <div className="flex gap-1 pl-6">
          <button
            type="button"
            className="btn btn-sm"
            aria-label={t('New password for {{name}}', { name })}
            onClick={() => void deeds.renew(device)}
          >
            <KeyRound aria-hidden />
            {t('New password')}
          </button>
          <button
            type="button"
            className="btn btn-sm"
            disabled={deeds.busy}
            aria-label={
              device.enabled ? t('Disable {{name}}', { name }) : t('Enable {{name}}', { name })
            }
            onClick={() => void deeds.enable(device, !device.enabled)}
          >
            {device.enabled ? t('Disable') : t('Enable')}
          </button>
          <button
            type="button"
            className="btn btn-ghost btn-icon btn-sm"
            aria-label={t('Remove {{name}}', { name })}
            onClick={() => void deeds.remove(device)}
          >
            <Trash2 aria-hidden />
          </button>
        </div>
      )}
    </li>
  );
}

export function SeatPhones(props: Props) {
  const { account, seat, name } = props;
  const { t } = useTranslation();
  const may = useMay();
  const [shown, setShown] = useState<NewDevice | null>(null);
  const { data: devices = [] } = useQuery(devicesQuery(account));
  const { data: registrations = [] } = useQuery(registrationsQuery(account));
  const deeds = usePhoneDeeds(props, setShown);
  const own = devices.filter((one) => one.owner_id === seat);
  return (
    <section aria-label={t('Phones')}>
      <h3 className="font-medium">{t('Phones')}</h3>
      {own.length === 0 && <p className="py-2 text-ink3">{t('No phone')}</p>}
      <ul className="mb-2 divide-y divide-line">
        {own.map((device) => (
          <PhoneRow
            key={device.id}
            device={device}
            contact={registrations.find((one) => one.device === device.id)}
            deeds={deeds}
          />
        ))}
      </ul>
      {may.administer && (
        <button
          type="button"
          className="btn"
          disabled={deeds.busy}
          onClick={() => void deeds.add(own.length + 1)}
        >
          <Plus aria-hidden />
          {t('Add phone')}
        </button>
      )}
      {shown && (
        <PhoneSettings
          account={account}
          seat={seat}
          title={t('A phone of {{name}}', { name })}
          device={shown}
          onClose={() => setShown(null)}
        />
      )}
    </section>
  );
}
