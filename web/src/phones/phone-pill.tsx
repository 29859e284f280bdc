// Whether a phone is there, as a word; nothing for a kind of which nobody can know.

import type { DeviceSummary, Registration } from '@/api/office';
import { useTranslation } from '@/language/translate';
import { type PhoneState, stateOfPhone } from './states';

const TONES: Record<PhoneState, string> = {
  registered: 'pill-ok',
  out_of_reach: 'pill-warn',
  offline: '',
  disabled: 'pill-err',
};

export function usePhoneStateWords(): Record<PhoneState, string> {
  const { t } = useTranslation();
  return {
    registered: t('Registered'),
    out_of_reach: t('Out of reach'),
    offline: t('Offline'),
    disabled: t('Disabled'),
  };
}

interface Props {
  phone: Pick<DeviceSummary, 'device_type' | 'enabled'>;
  contact: Registration | undefined;
}

export function PhonePill({ phone, contact }: Props) {
  const { t } = useTranslation();
  const words = usePhoneStateWords();
  const state = stateOfPhone(phone, contact);
  if (!state) return null;
  const ms = state === 'registered' ? (contact?.round_trip_ms ?? null) : null;
  return (
    <span className={`pill ${TONES[state]}`}>
      {state === 'registered' && <span className="dot" aria-hidden />}
      {ms === null ? words[state] : t('Registered, {{ms}} ms', { ms })}
    </span>
  );
}
