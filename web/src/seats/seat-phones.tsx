// The phones of a seat: registered or not, a new password, disable, remove, add.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { KeyRound, Phone, Plus, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import {
  type DeviceSummary,
  devicesQuery,
  type NewDevice,
  type Registration,
  registrationsQuery,
} from '@/api/office';
import { useTranslation } from '@/language/translate';
import { usePhoneDeeds } from '@/phones/deeds';
import { NAME_CHARS_MAX } from '@/phones/document';
import { registers, useKindWords } from '@/phones/kinds';
import { PhonePill } from '@/phones/phone-pill';
import { contactsByDevice } from '@/phones/states';
import { useMay } from '@/session/account';
import { PhoneSettings } from './phone-settings';

interface Props {
  account: string;
  seat: string;
  name: string;
}

interface RowProps {
  device: DeviceSummary;
  contact: Registration | undefined;
  deeds: ReturnType<typeof usePhoneDeeds>;
}

function PhoneRow({ device, contact, deeds }: RowProps) {
  const { t } = useTranslation();
  const may = useMay();
  const words = useKindWords();
  const { name } = device;
  const about = contact
    ? `${contact.source} · ${contact.transport.toUpperCase()} · ${contact.user_agent}`
    : device.username || words[device.device_type].name;
  return (
    <li className="flex flex-col gap-1.5 py-2">
      <div className="flex items-center gap-2.5">
        <Phone aria-hidden className="flex-none text-ink3" />
        <span className="min-w-0 flex-1">
          <Link
            to="/phones/{-$id}"
            params={{ id: device.id }}
            className="block truncate text-accent-ink hover:underline"
          >
            {name}
          </Link>
          <span className="block truncate t-small text-ink3" title={about}>
            {about}
          </span>
        </span>
        <PhonePill phone={device} contact={contact} />
      </div>
      {may.administer && (
        <div className="flex gap-1 pl-6">
          {registers(device.device_type) && (
            <button
              type="button"
              className="btn btn-sm"
              aria-label={t('New password for {{name}}', { name })}
              onClick={() => void deeds.renew(device)}
            >
              <KeyRound aria-hidden />
              {t('New password')}
            </button>
          )}
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
  const { data: registrations } = useQuery(registrationsQuery(account));
  const contacts = useMemo(() => contactsByDevice(registrations ?? []), [registrations]);
  const deeds = usePhoneDeeds(account, setShown);
  const own = devices.filter((one) => one.owner_id === seat);
  const add = () => {
    const called = t('{{name}}, phone {{count}}', { name, count: own.length + 1 });
    void deeds.add({ name: called.slice(0, NAME_CHARS_MAX), owner_id: seat });
  };
  return (
    <section aria-label={t('Phones')}>
      <h3 className="font-medium">{t('Phones')}</h3>
      {own.length === 0 && <p className="py-2 text-ink3">{t('No phone')}</p>}
      <ul className="mb-2 divide-y divide-line">
        {own.map((device) => (
          <PhoneRow
            key={device.id}
            device={device}
            contact={contacts.get(device.id)}
            deeds={deeds}
          />
        ))}
      </ul>
      {may.administer && (
        <button type="button" className="btn" disabled={deeds.busy} onClick={add}>
          <Plus aria-hidden />
          {t('Add phone')}
        </button>
      )}
      {shown && (
        <PhoneSettings
          account={account}
          title={t('A phone of {{name}}', { name })}
          device={shown}
          onClose={() => setShown(null)}
        />
      )}
    </section>
  );
}
