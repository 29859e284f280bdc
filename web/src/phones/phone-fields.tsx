// What can be set on a phone. What only the one that registers needs is not shown for the others.

import type { Wrong } from '@/api/findings';
import type { DeviceDocument } from '@/api/office';
import { useTranslation } from '@/language/translate';
import { DoNotDisturb, Forward, ForwardNumber, forwardToldAt } from '@/seats/call-preferences';
import { NumberField, TextField } from '@/seats/text-field';
import { Hint } from '@/ui/hint';
import { Tick } from '@/ui/tick';
import {
  NAME_CHARS_MAX,
  withLimit,
  withQualify,
  withRoute,
  withSecurity,
  withTranscoding,
} from './document';
import { hasNumber, registers } from './kinds';
import { OwnerField } from './owner-field';
import { QualifyField } from './qualify-field';

const CALLS_MAX = 100; // as in server/model/device.hpp
const ROUTE_CHARS_MAX = 512;

interface Props {
  account: string;
  phone: DeviceDocument;
  fixed: boolean;
  linked: boolean;
  wrong: Wrong;
  put: (part: Partial<DeviceDocument>) => void;
}

const kindOf = ({ device_type = 'sip_device' }: DeviceDocument) => device_type;

// The members whose field tells what is wrong with them.
export function toldAt(phone: DeviceDocument): string[] {
  const kind = kindOf(phone);
  return [
    '/name',
    '/owner_id',
    '/limits/concurrent_calls',
    ...(kind === 'sip_uri' ? ['/sip/route'] : []),
    ...(registers(kind) ? ['/sip/qualify_s'] : []),
    ...(hasNumber(kind) ? ['/call_forward'] : forwardToldAt(phone)),
  ];
}

export function NameField({ phone, fixed, wrong, put }: Props) {
  const { t } = useTranslation();
  return (
    <TextField
      label={t('Name')}
      max={NAME_CHARS_MAX}
      required
      disabled={fixed}
      wrong={wrong('/name')}
      value={phone.name}
      onChange={(name) => put({ name })}
    />
  );
}

export function Owner({ account, phone, fixed, linked, wrong, put }: Props) {
  return (
    <OwnerField
      account={account}
      value={phone.owner_id}
      fixed={fixed}
      linked={linked}
      wrong={wrong('/owner_id')}
      onChange={(owner_id) => put({ owner_id })}
    />
  );
}

// Where a phone is that does not say so itself.
export function Whereabouts({ phone, fixed, wrong, put }: Props) {
  const { t } = useTranslation();
  const kind = kindOf(phone);
  if (hasNumber(kind)) {
    return (
      <ForwardNumber
        label={t('Its number')}
        hint={<Hint>{t('As somebody here would dial it.')}</Hint>}
        wrong={wrong('/call_forward')}
        preferences={phone}
        fixed={fixed}
        put={put}
      />
    );
  }
  if (kind !== 'sip_uri') return null;
  return (
    <TextField
      label={t('SIP address')}
      hint={<Hint>{t('Such as sip:door@192.0.2.7')}</Hint>}
      max={ROUTE_CHARS_MAX}
      disabled={fixed}
      wrong={wrong('/sip/route')}
      value={phone.sip?.route}
      onChange={(route) => put(withRoute(phone, route.trim()))}
    />
  );
}

function Media({ phone, fixed, put }: Props) {
  const { t } = useTranslation();
  const { media } = phone;
  return (
    <>
      <Tick
        label={t('Encrypted calls only')}
        hint={t('It calls and is called with SRTP, or not at all.')}
        checked={media?.encryption?.enforce_security ?? false}
        disabled={fixed}
        onChange={(on) => put(withSecurity(phone, on))}
      />
      <Tick
        label={t('Convert sound where two phones have no codec in common')}
        hint={t('Otherwise such calls are refused with 488.')}
        checked={media?.transcode ?? true}
        disabled={fixed}
        onChange={(on) => put(withTranscoding(phone, on))}
      />
    </>
  );
}

export function PhoneFields(props: Props) {
  const { phone, fixed, wrong, put } = props;
  const { t } = useTranslation();
  const kind = kindOf(phone);
  return (
    <>
      <NameField {...props} />
      <Owner {...props} />
      <Whereabouts {...props} />
      <NumberField
        label={t('Calls at once')}
        hint={
          <Hint>
            {t(
              'Of all calls it is in, its own and those to it; beyond that it counts as busy. Blank: no limit of its own.',
            )}
          </Hint>
        }
        min={1}
        max={CALLS_MAX}
        disabled={fixed}
        wrong={wrong('/limits/concurrent_calls')}
        value={phone.limits?.concurrent_calls}
        onChange={(calls) => put(withLimit(phone, calls))}
      />
      {!hasNumber(kind) && <Media {...props} />}
      {registers(kind) && (
        <QualifyField
          value={phone.sip?.qualify_s}
          fixed={fixed}
          wrong={wrong('/sip/qualify_s')}
          onChange={(seconds) => put(withQualify(phone, seconds))}
        />
      )}
      <DoNotDisturb
        hint={
          phone.owner_id
            ? t('It doesn’t ring. The other phones of its seat do.')
            : t('It doesn’t ring; callers take the Busy branch.')
        }
        preferences={phone}
        fixed={fixed}
        put={put}
      />
      {!hasNumber(kind) && (
        <Forward preferences={phone} fixed={fixed} put={put} wrong={wrong('/call_forward')} />
      )}
      <Tick
        label={t('Enabled')}
        hint={t('A disabled phone neither rings nor calls. Nothing is deleted.')}
        checked={phone.enabled ?? true}
        disabled={fixed}
        onChange={(enabled) => put({ enabled })}
      />
    </>
  );
}
