// When a rule applies.
import { useId, useState } from 'react';
import type { Wrong } from '@/api/findings';
import type { RuleDocument } from '@/api/schedule';
import { useTranslation } from '@/language/translate';
import { hintOf, NumberField, TextField } from '@/seats/text-field';
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';
import { WrongLine } from '@/ui/problem-line';
import { Tick } from '@/ui/tick';
import { clockOf, dateOf, daysIn, secondsOf } from './clock';
import { CYCLES, ORDINALS, sameWeekday, useTimeWords, WEEKDAYS } from './words';

interface Props {
  rule: RuleDocument;
  fixed: boolean;
  wrong: Wrong;
  put: (part: Partial<RuleDocument>) => void;
}

interface SelectProps<Value extends string> {
  label: string;
  hint?: string;
  wrong: string | undefined;
  value: Value;
  all: readonly (readonly [Value, string])[];
  fixed: boolean;
  onChange: (value: Value) => void;
}

function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, hint, wrong, value, all, fixed, onChange } = props;
  return (
    <Labelled label={label} {...hintOf(wrong, hint && <Hint>{hint}</Hint>)}>
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

function Weekdays({ rule, fixed, wrong, put }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const words = useTimeWords();
  const chosen = rule.wdays ?? [];
  const set = (day: string, on: boolean) => {
    const others = chosen.filter((one) => !sameWeekday(one, day));
    put({ wdays: on ? [...others, day] : others });
  };
  return (
    <fieldset className="min-w-0" aria-describedby={id} data-bad={wrong('/wdays') !== undefined}>
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
      <WrongLine id={id} wrong={wrong('/wdays')} />
    </fieldset>
  );
}

function DaysOfMonth(props: Props) {
  const { rule, fixed, wrong, put } = props;
  const { t } = useTranslation();
  const words = useTimeWords();
  const [typed, setTyped] = useState('');
  const { days = [] } = rule;
  const text = String(daysIn(typed)) === String(days) ? typed : days.join(', ');
  return (
    <>
      <TextField
        label={t('Days of the month')}
        max={120}
        disabled={fixed}
        hint={<Hint>{t('Such as 24, 25, 26. Empty: the weekdays below.')}</Hint>}
        wrong={wrong('/days')}
        value={text}
        onChange={(next) => {
          setTyped(next);
          put({ days: daysIn(next) });
        }}
      />
      {days.length === 0 && (
        <>
          <Select
            label={t('Which of the weekdays')}
            wrong={wrong('/ordinal')}
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

function Window({ rule, fixed, wrong, put }: Props) {
  const { t } = useTranslation();
  const [early, late] = [wrong('/time_window_start'), wrong('/time_window_stop')];
  const start = rule.time_window_start ?? 0;
  const stop = rule.time_window_stop ?? 86_400;
  return (
    <div>
      <div className="grid grid-cols-2 gap-3">
        <Labelled label={t('From')} {...hintOf(early, undefined)}>
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
        <Labelled label={t('Until')} {...hintOf(late, undefined)}>
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

function Forced({ rule, fixed, wrong, put }: Props) {
  const { t } = useTranslation();
  const value = typeof rule.enabled === 'boolean' ? String(rule.enabled) : 'time';
  return (
    <Select
      label={t('Applies')}
      hint={t('Time of Day blocks can force rules, too.')}
      wrong={wrong('/enabled')}
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

// The members whose field tells what is wrong with them.
export function toldAt({ cycle, days = [] }: RuleDocument): string[] {
  const monthly = cycle === 'monthly' || cycle === 'yearly';
  return [
    ...['/name', '/cycle', '/time_window_start', '/time_window_stop', '/start_date', '/enabled'],
    ...(cycle === 'yearly' ? ['/month'] : []),
    ...(monthly ? ['/days'] : []),
    ...(monthly && days.length === 0 ? ['/ordinal', '/wdays'] : []),
    ...(cycle === 'weekly' ? ['/wdays'] : []),
    ...(cycle === 'date' ? [] : ['/interval']),
  ];
}

export function RuleFields(props: Props) {
  const { rule, fixed, wrong, put } = props;
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
        wrong={wrong('/name')}
        value={rule.name}
        onChange={(name) => put({ name })}
      />
      <Select
        label={t('Repeats')}
        wrong={wrong('/cycle')}
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
          wrong={wrong('/month')}
          value={String(rule.month ?? 1)}
          all={months.map((one) => [one, words.month(Number(one))] as const)}
          fixed={fixed}
          onChange={(month) => put({ month: Number(month) })}
        />
      )}
      {cycle === 'weekly' && <Weekdays {...props} />}
      {(cycle === 'monthly' || cycle === 'yearly') && <DaysOfMonth {...props} />}
      <Window {...props} />
      <Labelled
        label={cycle === 'date' ? t('Date') : t('First day')}
        {...hintOf(wrong('/start_date'), undefined)}
      >
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
          wrong={wrong('/interval')}
          value={rule.interval}
          onChange={(interval) => put({ interval })}
        />
      )}
      <Forced {...props} />
    </>
  );
}
