// Which rules belong together.
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { Wrong } from '@/api/findings';
import { type RuleSetDocument, rulesQuery } from '@/api/schedule';
import { useTranslation } from '@/language/translate';
import { TextField } from '@/seats/text-field';
import { WrongLine } from '@/ui/problem-line';
import { Tick } from '@/ui/tick';

interface Props {
  account: string;
  set: RuleSetDocument;
  fixed: boolean;
  wrong: Wrong;
  put: (part: Partial<RuleSetDocument>) => void;
}

// The members whose field tells what is wrong with them.
export const SET_TOLD_AT = ['/name', '/temporal_rules'];

export function RuleSetFields({ account, set, fixed, wrong, put }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const { data: rules = [] } = useQuery(rulesQuery(account));
  const chosen = set.temporal_rules ?? [];
  const change = (rule: string, on: boolean) =>
    put({ temporal_rules: on ? [...chosen, rule] : chosen.filter((one) => one !== rule) });
  return (
    <>
      <TextField
        label={t('Name')}
        max={128}
        required
        disabled={fixed}
        wrong={wrong('/name')}
        value={set.name}
        onChange={(name) => put({ name })}
      />
      <fieldset
        className="min-w-0"
        aria-describedby={id}
        data-bad={wrong('/temporal_rules') !== undefined}
      >
        <legend className="mb-1.5 font-medium">{t('Rules')}</legend>
        {rules.length === 0 && <p className="text-ink3">{t('No rules yet')}</p>}
        <div className="flex flex-col gap-1.5">
          {rules.map(({ id: rule, name }) => (
            <Tick
              key={rule}
              label={name}
              checked={chosen.includes(rule)}
              disabled={fixed}
              onChange={(on) => change(rule, on)}
            />
          ))}
        </div>
        <WrongLine id={id} wrong={wrong('/temporal_rules')} />
      </fieldset>
    </>
  );
}
