// The kinds of phones there are, in the words of people.

import type { DeviceType } from '@/api/office';
import { useTranslation } from '@/language/translate';

export const KINDS: readonly DeviceType[] = [
  'sip_device',
  'softphone',
  'sip_uri',
  'landline',
  'cellphone',
];

export function isKind(text: string): text is DeviceType {
  return (KINDS as readonly string[]).includes(text);
}

// It logs in with a user name and a password; the others are called where they are.
export function registers(kind: DeviceType): boolean {
  return kind === 'sip_device' || kind === 'softphone';
}

// It is called by a number, and needs no SIP.
export function hasNumber(kind: DeviceType): boolean {
  return kind === 'landline' || kind === 'cellphone';
}

export function useKindWords(): Record<DeviceType, { name: string; means: string }> {
  const { t } = useTranslation();
  const registering = t('It registers here with a user name and a password.');
  const numbered = t('Its number is called, as if it had been dialled here.');
  return {
    sip_device: { name: t('SIP phone'), means: registering },
    softphone: { name: t('Softphone'), means: registering },
    sip_uri: {
      name: t('SIP address'),
      means: t('It is called at its address, and never registers.'),
    },
    landline: { name: t('Landline'), means: numbered },
    cellphone: { name: t('Mobile'), means: numbered },
  };
}
