// What callers get where no block decides: the usual answer, or a code, a message and an
// announcement of one's own.
import { useQuery } from '@tanstack/react-query';
import { codesQuery } from '@/api/queries';
import type { BareResponse } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { CodePicker, readFacts } from '@/response/code-picker';
import { MediaField } from '@/response/media-field';
import { MessageField } from '@/response/message-field';
import { Tick } from '@/ui/tick';

interface Props {
  legend: string;
  usual: string;
  first: BareResponse; // offered when it is ticked
  value: BareResponse | undefined;
  disabled: boolean;
  onChange: (value: BareResponse | undefined) => void;
}

export function BareResponseField({ legend, usual, first, value, disabled, onChange }: Props) {
  const { t } = useTranslation();
  const { data: codes } = useQuery(codesQuery);
  const code = value?.code ? String(value.code) : '';
  const facts = readFacts(codes, code);
  return (
    <fieldset disabled={disabled} className="flex min-w-0 flex-col gap-4">
      <legend className="mb-1.5 font-medium">{legend}</legend>
      <Tick
        label={t('A code and message of our own')}
        hint={usual}
        checked={value !== undefined}
        onChange={(own) => onChange(own ? first : undefined)}
      />
      {value && codes && (
        <>
          <div>
            <div className="mb-1.5 font-medium" aria-hidden>
              SIP Code
            </div>
            <CodePicker
              codes={codes}
              value={code}
              facts={facts}
              onChange={(chosen) => onChange({ ...value, code: Number(chosen) })}
            />
          </div>
          <MessageField
            value={value.message ?? ''}
            phrase={facts?.phrase ?? ''}
            onChange={(message) => onChange({ ...value, message })}
          />
          <MediaField
            label={t('Media')}
            value={value.media ?? ''}
            hint={t('Heard before the code, as early media.')}
            onChange={(media) => {
              const { media: _, ...rest } = value;
              onChange(media ? { ...rest, media } : rest);
            }}
          />
        </>
      )}
    </fieldset>
  );
}
