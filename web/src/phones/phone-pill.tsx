// Whether a phone is there, as a word; nothing for a kind of which nobody can know.
import { useTranslation } from 'react-i18next';
import type { DeviceSummary, Registration } from '@/api/office';
import { stateOfPhone } from './states';

interface Props {
  phone: Pick<DeviceSummary, 'device_type' | 'enabled'>;
  contact: Registration | undefined;
}

export function PhonePill({ phone, contact }: Props) {
  const { t } = useTranslation();
  switch (stateOfPhone(phone, contact)) {
    case 'disabled':
      return <span className="pill pill-err">{t('Disabled')}</span>;
    case 'offline':
      return <span className="pill">{t('Offline')}</span>;
    case 'out_of_reach':
      return <span className="pill pill-warn">{t('Out of reach')}</span>;
    case 'registered': {
      const ms = contact?.round_trip_ms ?? null;
      return (
        <span className="pill pill-ok">
          <span className="dot" aria-hidden />
          {ms === null ? t('Registered') : t('Registered, {{ms}} ms', { ms })}
        </span>
      );
    }
    default:
      return null;
  }
}
