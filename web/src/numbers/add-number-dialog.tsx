// A phone number that the account has, and no callflow yet.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { path, request } from '@/api/request';
import type { NumberEntry } from '@/api/types';
import { isNumber, NUMBER_CHARS_MAX, plainNumber } from '@/callflow/numbers';
import { useTranslation } from '@/language/translate';
import { FormModal } from '@/ui/form-modal';
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';
import { useSubmit } from '@/ui/use-submit';

interface Props {
  account: string;
  close: () => void;
}

export default function AddNumberDialog({ account, close }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [typed, setTyped] = useState('');
  const number = plainNumber(typed);
  const form = useSubmit(async () => {
    if (!isNumber(number)) throw new Error(t('Up to 36 letters, digits and - . _ * # +'));
    const to = path`/accounts/${account}/numbers`;
    await request<NumberEntry>(to, { method: 'POST', body: { number } });
    await cache.invalidateQueries({ queryKey: [account, 'numbers'] });
    close();
  });
  const { problem } = form;
  return (
    <FormModal
      title={t('New number')}
      help={t('One that your carrier sends here. It is spare until a callflow has it.')}
      deed={t('Add number')}
      form={form}
      onClose={close}
    >
      <Labelled
        label={t('Number')}
        bad={problem !== null}
        hint={
          problem ? (
            <Hint tone="err">{problem.message}</Hint>
          ) : (
            <Hint>{t('With country code: +1 415 555 0100')}</Hint>
          )
        }
      >
        {(ids) => (
          <input
            {...ids}
            required
            inputMode="tel"
            autoComplete="off"
            maxLength={2 * NUMBER_CHARS_MAX}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Labelled>
    </FormModal>
  );
}
