// A line of text with its label.
import type { ReactNode } from 'react';
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';

interface Props {
  label: string;
  value: string | undefined;
  max: number;
  optional?: string;
  type?: 'text' | 'email' | 'tel';
  disabled?: boolean;
  required?: boolean;
  hint?: ReactNode;
  wrong?: string | undefined; // what the server finds; instead of the hint
  onChange: (value: string) => void;
}

// The hint of a field that may be wrong, and whether it is.
export function hintOf(wrong: string | undefined, hint: ReactNode) {
  return wrong ? { bad: true, hint: <Hint tone="err">{wrong}</Hint> } : { hint };
}

export function TextField(props: Props) {
  const { label, value = '', max, optional, type = 'text', hint, wrong, onChange } = props;
  return (
    <Labelled label={label} {...hintOf(wrong, hint)} {...(optional ? { optional } : {})}>
      {(ids) => (
        <input
          {...ids}
          type={type}
          maxLength={max}
          autoComplete="off"
          disabled={props.disabled}
          required={props.required}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  );
}

interface NumberProps {
  label: string;
  value: number | undefined;
  min: number;
  max: number;
  disabled?: boolean;
  unit?: string;
  usual?: number; // what counts while the field is empty
  hint?: ReactNode;
  wrong?: string | undefined;
  onChange: (value: number | undefined) => void;
}

export function NumberField(props: NumberProps) {
  const { label, value, min, max, disabled, unit, usual, hint, wrong, onChange } = props;
  return (
    <Labelled label={label} {...hintOf(wrong, hint)}>
      {(ids) => (
        <>
          <input
            {...ids}
            type="number"
            min={min}
            max={max}
            disabled={disabled}
            placeholder={usual === undefined ? undefined : String(usual)}
            value={value ?? ''}
            onChange={({ target }) =>
              onChange(Number.isNaN(target.valueAsNumber) ? undefined : target.valueAsNumber)
            }
          />
          {unit && <span className="text-ink3">{unit}</span>}
        </>
      )}
    </Labelled>
  );
}
