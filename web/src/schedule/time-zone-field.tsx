// A time zone by its name, chosen from those that the server knows.
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { timeZonesQuery } from '@/api/schedule';
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';

interface Props {
  account: string;
  label: string;
  hint: string;
  disabled: boolean;
  value: string;
  onChange: (value: string) => void;
}

export function TimeZoneField({ account, label, hint, disabled, value, onChange }: Props) {
  const list = useId();
  const { data: zones = [] } = useQuery(timeZonesQuery(account));
  return (
    <Labelled label={label} hint={<Hint>{hint}</Hint>}>
      {(ids) => (
        <>
          <input
            {...ids}
            list={list}
            maxLength={64}
            autoComplete="off"
            placeholder="Europe/Berlin"
            disabled={disabled}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          <datalist id={list}>
            {zones.map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </>
      )}
    </Labelled>
  );
}
