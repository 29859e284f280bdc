// Message: the phrase behind the code, checked while it is typed.
import { useId } from 'react';
import { useTranslation } from '@/language/translate';
import { Hint } from '@/ui/hint';
import { checkMessage, MESSAGE_BYTES_MAX } from './message';

interface Props {
  value: string;
  phrase: string;
  onChange: (message: string) => void;
}

function Verdict({ value, onChange, id }: Omit<Props, 'phrase'> & { id: string }) {
  const { t } = useTranslation();
  const { problem, ascii } = checkMessage(value);
  if (problem?.kind === 'long') {
    return (
      <Hint tone="err" id={id}>
        {t('Too long: at most {{max}} bytes', { max: MESSAGE_BYTES_MAX })}
      </Hint>
    );
  }
  if (problem) {
    const changed = [...problem.fixed][problem.at - 1] ?? '';
    return (
      <Hint tone="err" id={id}>
        {t('SIP doesn’t allow {{shown}} here (character {{at}}).', {
          shown: problem.shown,
          at: problem.at,
        })}{' '}
        <button type="button" className="btn btn-link" onClick={() => onChange(problem.fixed)}>
          {changed.trim() ? t('Use {{fixed}} instead', { fixed: changed }) : t('Take it out')}
        </button>
      </Hint>
    );
  }
  if (value === '')
    return <Hint id={id}>{t('Shown by some phones; programs go by the code')}</Hint>;
  return (
    <Hint tone="ok" id={id}>
      {ascii
        ? t('Allowed in SIP. Plain ASCII, the safest choice.')
        : t('Allowed in SIP. Some phones show only plain ASCII letters.')}
    </Hint>
  );
}

export function MessageField({ value, phrase, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const { problem, bytes } = checkMessage(value);
  return (
    <div>
      <div className="mb-1.5 flex items-baseline">
        <label htmlFor={id} className="font-medium">
          Message
        </label>
        <span className="ml-auto t-small text-ink3">
          {phrase && t('Empty means “{{phrase}}”', { phrase })}
        </span>
      </div>
      <div className="field" data-bad={problem !== null}>
        <input
          id={id}
          value={value}
          placeholder={phrase}
          aria-invalid={problem !== null}
          aria-describedby={`${id}-hint`}
          onChange={(event) => onChange(event.target.value)}
        />
        <span className="t-small text-ink3 tabular-nums">
          {bytes} / {MESSAGE_BYTES_MAX}
        </span>
      </div>
      <Verdict value={value} onChange={onChange} id={`${id}-hint`} />
    </div>
  );
}
