// A setting in seconds; empty: the server's own.
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';

interface Props {
  label: string;
  hint: string;
  min: number;
  max: number;
  disabled: boolean;
  value: number | undefined;
  onChange: (seconds: number | undefined) => void;
}

export function SecondsField({ label, hint, min, max, disabled, value, onChange }: Props) {
  return (
    <Labelled label={label} hint={<Hint>{hint}</Hint>}>
      {(ids) => (
        <input
          {...ids}
          type="number"
          min={min}
          max={max}
          disabled={disabled}
          value={value ?? ''}
          onChange={(event) => {
            const seconds = event.target.valueAsNumber;
            onChange(Number.isNaN(seconds) ? undefined : seconds);
          }}
        />
      )}
    </Labelled>
  );
}
