// When a rule applies.
import { useState } from 'react';
import type { RuleDocument } from '@/api/schedule';
import { useTranslation } from '@/language/translate';
import { NumberField, TextField } from '@/seats/text-field';
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';
import { Tick } from '@/ui/tick';
import { clockOf, dateOf, daysIn, secondsOf } from './clock';
import { CYCLES, ORDINALS, sameWeekday, useTimeWords, WEEKDAYS } from './words';

interface Props {
  rule: RuleDocument;
  fixed: boolean;
  put: (part: Partial<RuleDocument>) => void;
}

interface SelectProps<Value extends string> {
  label: string;
  hint?: string;
  value: Value;
  all: readonly (readonly [Value, string])[];
  fixed: boolean;
  onChange: (value: Value) => void;
}

function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, hint, value, all, fixed, onChange } = props;
  return (
    <Labelled label={label} hint={hint && <Hint>{hint}</Hint>}>
      {(ids) => (
        <select
          {...ids}
          disabled={fixed}
          value={value}
          onChange={({ target }) => onChange(target.value as Value)}
        >
          {all.map(([id, words]) => (
            <option key={id} value={id}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

function Weekdays({ rule, fixed, put }: Props) {
  const { t } = useTranslation();
  const words = useTimeWords();
  const chosen = rule.wdays ?? [];
  const set = (day: string, on: boolean) => {
    const others = chosen.filter((one) => !sameWeekday(one, day));
    put({ wdays: on ? [...others, day] : others });
  };
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 font-medium">{t('Weekdays')}</legend>
      <div className="grid grid-cols-2 gap-1.5">
        {WEEKDAYS.map((day) => (
          <Tick
            key={day}
            label={words.weekday(day)}
            checked={chosen.some((one) => sameWeekday(one, day))}
            disabled={fixed}
            onChange={(on) => set(day, on)}
          />
        ))}
      </div>
    </fieldset>
  );
}

function DaysOfMonth(props: Props) {
  const { rule, fixed, put } = props;
  const { t } = useTranslation();
  const words = useTimeWords();
  const [text, setText] = useState((rule.days ?? []).join(', '));
  const named = (rule.days ?? []).length === 0;
  return (
    <>
      <TextField
        label={t('Days of the month')}
        max={120}
        disabled={fixed}
        hint={<Hint>{t('Such as 24, 25, 26. Empty: the weekdays below.')}</Hint>}
        value={text}
        onChange={(next) => {
          setText(next);
          put({ days: daysIn(next) });
        }}
      />
      {named && (
        <>
          <Select
            label={t('Which of the weekdays')}
            value={rule.ordinal ?? 'every'}
            all={ORDINALS.map((one) => [one, words.ordinals[one]] as const)}
            fixed={fixed}
            onChange={(ordinal) => put({ ordinal })}
          />
          <Weekdays {...props} />
        </>
      )}
    </>
  );
}

function Window({ rule, fixed, put }: Props) {
  const { t } = useTranslation();
  const start = rule.time_window_start ?? 0;
  const stop = rule.time_window_stop ?? 86_400;
  return (
    <div>
      <div className="grid grid-cols-2 gap-3">
        <Labelled label={t('From')}>
          {(ids) => (
            <input
              {...ids}
              type="time"
              disabled={fixed}
              value={clockOf(start)}
              onChange={({ target }) =>
                put({ time_window_start: secondsOf(target.value, false) ?? start })
              }
            />
          )}
        </Labelled>
        <Labelled label={t('Until')}>
          {(ids) => (
            <input
              {...ids}
              type="time"
              disabled={fixed}
              value={clockOf(stop)}
              onChange={({ target }) =>
                put({ time_window_stop: secondsOf(target.value, true) ?? stop })
              }
            />
          )}
        </Labelled>
      </div>
      {stop < start && <Hint>{t('It ends on the next day.')}</Hint>}
    </div>
  );
}

function Forced({ rule, fixed, put }: Props) {
  const { t } = useTranslation();
  const value = typeof rule.enabled === 'boolean' ? String(rule.enabled) : 'time';
  return (
    <Select
      label={t('Applies')}
      hint={t('Time of Day blocks can force rules, too.')}
      value={value}
      all={[
        ['time', t('By time')],
        ['true', t('Always: forced on')],
        ['false', t('Never: forced off')],
      ]}
      fixed={fixed}
      onChange={(next) => put({ enabled: next === 'time' ? null : next === 'true' })}
    />
  );
}

export function RuleFields(props: Props) {
  const { rule, fixed, put } = props;
  const { t } = useTranslation();
  const words = useTimeWords();
  const { cycle } = rule;
  const months = Array.from({ length: 12 }, (_, index) => String(index + 1));
  return (
    <>
      <TextField
        label={t('Name')}
        max={128}
        required
        disabled={fixed}
        value={rule.name}
        onChange={(name) => put({ name })}
      />
      <Select
        label={t('Repeats')}
        value={cycle}
        all={CYCLES.map((one) => [one, words.cycles[one]] as const)}
        fixed={fixed}
        onChange={(next) =>
          put({ cycle: next, ...(next === 'yearly' && { month: rule.month ?? 1 }) })
        }
      />
      {cycle === 'yearly' && (
        <Select
          label={t('Month')}
          value={String(rule.month ?? 1)}
          all={months.map((one) => [one, words.month(Number(one))] as const)}
          fixed={fixed}
          onChange={(month) => put({ month: Number(month) })}
        />
      )}
      {cycle === 'weekly' && <Weekdays {...props} />}
      {(cycle === 'monthly' || cycle === 'yearly') && <DaysOfMonth {...props} />}
      <Window {...props} />
      <Labelled label={cycle === 'date' ? t('Date') : t('First day')}>
        {(ids) => (
          <input
            {...ids}
            type="date"
            disabled={fixed}
            value={dateOf(rule.start_date)}
            onChange={({ target }) =>
              put({ start_date: target.value || undefined } as Partial<RuleDocument>)
            }
          />
        )}
      </Labelled>
      {cycle !== 'date' && (
        <NumberField
          label={t('Every so many times')}
          min={1}
          max={1000}
          disabled={fixed}
          usual={1}
          value={rule.interval}
          onChange={(interval) => put({ interval })}
        />
      )}
      <Forced {...props} />
    </>
  );
}
