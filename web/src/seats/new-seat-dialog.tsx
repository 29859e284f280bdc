// A new seat: with its first phone, whose settings are shown once, and its callflow.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Seat } from '@/api/office';
import { path, request } from '@/api/request';
import { useTranslation } from '@/language/translate';
import { FormModal } from '@/ui/form-modal';
import { ProblemLine } from '@/ui/problem-line';
import { useSubmit } from '@/ui/use-submit';
import { ExtensionField } from './extension-field';
import { PhoneSettings } from './phone-settings';
import { TextField } from './text-field';

// The members whose field tells what is wrong with them.
const TOLD_AT = ['/first_name', '/last_name', '/email', '/extension'];

interface Props {
  account: string;
  close: (made?: string) => void;
}

export default function NewSeatDialog({ account, close }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [seat, setSeat] = useState({ first_name: '', last_name: '', email: '', extension: '' });
  const [made, setMade] = useState<Seat | null>(null);
  const put = (part: Partial<typeof seat>) => setSeat((before) => ({ ...before, ...part }));
  const { wrong, ...form } = useSubmit(async () => {
    const to = path`/accounts/${account}/seats`;
    const { value } = await request<Seat>(to, { method: 'POST', body: seat });
    await cache.invalidateQueries({ queryKey: [account] });
    if (value.new_device) setMade(value);
    else close(value.id);
  }, TOLD_AT);
  // In the editor this is a pop-up of a pop-up: its submit is not the other form's.
  const submit = (event: React.FormEvent) => {
    event.stopPropagation();
    return form.submit(event);
  };
  const name = `${seat.first_name} ${seat.last_name}`.trim();
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
  return (
    <FormModal
      title={t('New seat')}
      help={t('With its first phone, and a callflow that rings it.')}
      deed={t('Add seat')}
      form={{ ...form, wrong, submit }}
      ready={name !== ''}
      onClose={() => close()}
    >
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label={t('First name')}
          max={128}
          wrong={wrong('/first_name')}
          value={seat.first_name}
          onChange={(first_name) => put({ first_name })}
        />
        <TextField
          label={t('Last name')}
          max={128}
          wrong={wrong('/last_name')}
          value={seat.last_name}
          onChange={(last_name) => put({ last_name })}
        />
      </div>
      <TextField
        label={t('E-mail')}
        optional={t('Optional')}
        type="email"
        max={254}
        wrong={wrong('/email')}
        value={seat.email}
        onChange={(email) => put({ email })}
      />
      <ExtensionField
        account={account}
        required
        wrong={wrong('/extension')}
        value={seat.extension}
        onChange={(extension) => put({ extension })}
      />
      <ProblemLine problem={form.problem} />
    </FormModal>
  );
}
