// A new phone: what kind, whose, and where it is called. The password of one that registers is
// shown once.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Device, DeviceDocument } from '@/api/office';
import { useTranslation } from '@/language/translate';
import { PhoneSettings } from '@/seats/phone-settings';
import { FormModal } from '@/ui/form-modal';
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';
import { ProblemLine } from '@/ui/problem-line';
import { useSubmit } from '@/ui/use-submit';
import { makePhone } from './deeds';
import { ofKind } from './document';
import { isKind, KINDS, useKindWords } from './kinds';
import { NameField, Owner, toldAt, Whereabouts } from './phone-fields';

interface Props {
  account: string;
  close: (made?: string) => void;
}

export default function NewPhoneDialog({ account, close }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const words = useKindWords();
  const [phone, setPhone] = useState<DeviceDocument>({ name: '', device_type: 'sip_device' });
  const [made, setMade] = useState<Device | null>(null);
  const { device_type: kind = 'sip_device', name } = phone;
  const form = useSubmit(async () => {
    const device = await makePhone(account, phone);
    await cache.invalidateQueries({ queryKey: [account] });
    if (device.new_device) setMade(device);
    else close(device.id);
  }, toldAt(phone));
  if (made?.new_device) {
    return (
      <PhoneSettings
        account={account}
        title={t('{{name}} is ready', { name })}
        device={made.new_device}
        onClose={() => close(made.id)}
      />
    );
  }
  const fields = {
    account,
    phone,
    fixed: false,
    linked: false,
    wrong: form.wrong,
    put: (part: Partial<DeviceDocument>) => setPhone((before) => ({ ...before, ...part })),
  };
  return (
    <FormModal
      title={t('New phone')}
      deed={t('Add phone')}
      form={form}
      ready={name.trim() !== ''}
      onClose={() => close()}
    >
      <NameField {...fields} />
      <Labelled label={t('Kind')} hint={<Hint>{words[kind].means}</Hint>}>
        {(ids) => (
          <select
            {...ids}
            value={kind}
            onChange={({ target }) => isKind(target.value) && setPhone(ofKind(phone, target.value))}
          >
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {words[one].name}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Owner {...fields} />
      <Whereabouts {...fields} />
      <ProblemLine problem={form.problem} />
    </FormModal>
  );
}
