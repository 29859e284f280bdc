// The extension of a seat, typed or found.
import { useState } from 'react';
import { path, reasonOf, request } from '@/api/request';
import { useTranslation } from '@/language/translate';
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';
import { hintOf } from './text-field';

interface Props {
  account: string;
  value: string;
  disabled?: boolean;
  required?: boolean;
  wrong: string | undefined;
  onChange: (value: string) => void;
}

export function ExtensionField(props: Props) {
  const { account, value, disabled, required, wrong, onChange } = props;
  const { t } = useTranslation();
  const [problem, setProblem] = useState('');
  const find = async () => {
    setProblem('');
    try {
      const to = path`/accounts/${account}/numbers/free-extension`;
      onChange((await request<{ number: string }>(to, { method: 'POST', body: {} })).value.number);
    } catch (error) {
      setProblem(reasonOf(error));
    }
  };
  const hint = problem ? { hint: <Hint tone="err">{problem}</Hint> } : hintOf(wrong, null);
  return (
    <Labelled label={t('Extension')} {...hint}>
      {(ids) => (
        <>
          <input
            {...ids}
            inputMode="tel"
            autoComplete="off"
            maxLength={35}
            disabled={disabled}
            required={required}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          {!disabled && (
            <button type="button" className="btn btn-sm" onClick={find}>
              {t('Find free')}
            </button>
          )}
        </>
      )}
    </Labelled>
  );
}
