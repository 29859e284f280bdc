// How much may leave by the carriers in an hour: what stolen passwords can cost.

import type { OutboundLimits } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { NumberField } from '@/seats/text-field';
import { Hint } from '@/ui/hint';

// As in server/model/account_settings.hpp.
const MOST = 1_000_000;
export const USUAL_LIMITS = {
  calls_per_hour: 600,
  minutes_per_hour: 3000,
  seat_calls_per_hour: 60,
  seat_minutes_per_hour: 300,
} as const satisfies OutboundLimits;

interface Props {
  value: OutboundLimits | undefined;
  disabled: boolean;
  onChange: (value: OutboundLimits) => void;
}

export function OutboundLimitsField({ value = {}, disabled, onChange }: Props) {
  const { t } = useTranslation();
  const fields: [keyof OutboundLimits, string][] = [
    ['calls_per_hour', t('Calls of the account')],
    ['minutes_per_hour', t('Minutes of the account')],
    ['seat_calls_per_hour', t('Calls of a seat')],
    ['seat_minutes_per_hour', t('Minutes of a seat')],
  ];
  return (
    <fieldset disabled={disabled} className="min-w-0">
      <legend className="mb-1 font-medium">{t('Outside, in any hour')}</legend>
      <Hint>
        {t(
          'Against toll fraud: a call that would go beyond gets 403. Emergency calls always go. 0 allows none.',
        )}
      </Hint>
      <div className="mt-3 grid grid-cols-2 gap-3">
        {fields.map(([name, label]) => (
          <NumberField
            key={name}
            label={label}
            min={0}
            max={MOST}
            disabled={disabled}
            usual={USUAL_LIMITS[name]}
            value={value[name]}
            onChange={(most) => onChange({ ...value, [name]: most })}
          />
        ))}
      </div>
    </fieldset>
  );
}
