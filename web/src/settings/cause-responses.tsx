// What callers get who can't be connected and for whom the block has no branch: by the cause.

import type { BareResponse } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { Hint } from '@/ui/hint';
import { BareResponseField } from './bare-response';

type Responses = Record<string, BareResponse>;

interface Props {
  value: Responses | undefined;
  disabled: boolean;
  onChange: (value: Responses | undefined) => void;
}

interface Usual {
  words: string;
  code: number;
  message: string;
}

// As in server/model/hangup_cause.cpp: settings.test.ts compares them.
export const USUAL_RESPONSES: Readonly<Record<string, Usual>> = {
  USER_BUSY: { words: 'All phones are busy', code: 486, message: 'Number busy' },
  NO_ANSWER: { words: 'Nobody answers', code: 480, message: 'No answer' },
  SUBSCRIBER_ABSENT: { words: 'No phone is registered', code: 480, message: 'Subscriber absent' },
  CALL_REJECTED: { words: 'The call is rejected', code: 603, message: 'Call Rejected' },
};

export function CauseResponses({ value = {}, disabled, onChange }: Props) {
  const { t } = useTranslation();
  const put = (cause: string, response: BareResponse | undefined) => {
    const { [cause]: _, ...rest } = value;
    const next = response ? { ...rest, [cause]: response } : rest;
    onChange(Object.keys(next).length > 0 ? next : undefined);
  };
  const causes = [...new Set([...Object.keys(USUAL_RESPONSES), ...Object.keys(value)])];
  return (
    <>
      <Hint>{t('Where a Seat, Device, Ring Group or Carrier has no branch for it.')}</Hint>
      {causes.map((cause) => {
        const usual = USUAL_RESPONSES[cause];
        return (
          <BareResponseField
            key={cause}
            legend={usual ? t(usual.words) : cause}
            usual={usual ? t('Without it callers get {{code}} {{message}}.', { ...usual }) : ''}
            first={{ code: usual?.code ?? 480, message: '' }}
            disabled={disabled}
            value={value[cause]}
            onChange={(response) => put(cause, response)}
          />
        );
      })}
    </>
  );
}
