// A box to tick, with what it means.
import { useId } from 'react';
import { WrongLine } from './problem-line';

interface Props {
  label: string;
  hint?: string;
  checked: boolean;
  disabled?: boolean;
  wrong?: string | undefined; // what the server finds
  onChange: (checked: boolean) => void;
}

export function Tick({ label, hint, checked, disabled = false, wrong, onChange }: Props) {
  const id = useId();
  const described = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(' ');
  return (
    <div className="flex gap-2.5" data-bad={Boolean(wrong)}>
      <input
        id={id}
        type="checkbox"
        className="mt-0.5 h-4 w-4 flex-none accent-accent"
        aria-describedby={described || undefined}
        aria-invalid={Boolean(wrong)}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <div>
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="t-small text-ink3">
            {hint}
          </p>
        )}
        <WrongLine id={`${id}-wrong`} wrong={wrong} />
      </div>
    </div>
  );
}
