// Whether a phone is asked if it is there: as the account says, never, or every so many seconds.
import { useState } from 'react';
import { useTranslation } from '@/language/translate';
import { hintOf, NumberField } from '@/seats/text-field';
import { Labelled } from '@/ui/labelled';

const SECONDS_MIN = 15; // as in server/model/device.hpp
const SECONDS_MAX = 3600;
const SECONDS_FIRST = 60;

interface Props {
  value: number | undefined; // seconds; 0: never; undefined: as the account says
  fixed: boolean;
  wrong: string | undefined;
  onChange: (value: number | undefined) => void;
}

const VALUES = { account: undefined, never: 0, every: SECONDS_FIRST };
type Rhythm = keyof typeof VALUES;

function rhythmOf(value: number | undefined): Rhythm {
  if (value === undefined) return 'account';
  return value === 0 ? 'never' : 'every';
}

export function QualifyField({ value, fixed, wrong, onChange }: Props) {
  const { t } = useTranslation();
  const [blank, setBlank] = useState(false); // while somebody types another number
  const rhythm = rhythmOf(value);
  const words: Record<Rhythm, string> = {
    account: t('As the account says'),
    never: t('Never'),
    every: t('Every so many seconds'),
  };
  return (
    <div className={rhythm === 'every' ? 'grid grid-cols-[3fr_2fr] gap-3' : ''}>
      <Labelled
        label={t('Ask whether it is there')}
        {...(rhythm === 'every' ? {} : hintOf(wrong, null))}
      >
        {(ids) => (
          <select
            {...ids}
            disabled={fixed}
            value={rhythm}
            onChange={({ target }) => {
              setBlank(false);
              onChange(VALUES[target.value as Rhythm]);
            }}
          >
            {Object.entries(words).map(([one, word]) => (
              <option key={one} value={one}>
                {word}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      {rhythm === 'every' && (
        <NumberField
          label={t('Every')}
          unit="s"
          min={SECONDS_MIN}
          max={SECONDS_MAX}
          usual={value}
          disabled={fixed}
          wrong={wrong}
          value={blank ? undefined : value}
          onChange={(seconds) => {
            setBlank(!seconds);
            if (seconds) onChange(seconds);
          }}
        />
      )}
    </div>
  );
}
