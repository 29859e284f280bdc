// The table of number classes: what seats may call is said by their names.
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import type { NumberClass } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { Hint } from '@/ui/hint';
import { keepFocusInList } from '@/ui/row-focus';
import { Tick } from '@/ui/tick';
import { USUAL_CLASSES } from './settings';

// As in server/model/dial_plan.hpp.
const CLASSES_MAX = 32;
const NAME_CHARS_MAX = 32;
const PATTERN_CHARS_MAX = 512;

interface Props {
  value: NumberClass[] | undefined;
  disabled: boolean;
  onChange: (value: NumberClass[] | undefined) => void;
}

interface RowProps {
  row: NumberClass;
  number: number; // from 1
  last: boolean;
  put: (row: NumberClass) => void;
  move: (by: number) => void;
  remove: () => void;
}

function Row({ row, number, last, put, move, remove }: RowProps) {
  const { t } = useTranslation();
  return (
    <li className="flex items-center gap-1.5 max-sm:flex-wrap">
      <div className="field field-sm !w-36 flex-none max-sm:!w-full">
        <input
          aria-label={t('Name of class {{number}}', { number })}
          maxLength={NAME_CHARS_MAX}
          required
          autoComplete="off"
          value={row.name}
          onChange={({ target }) => put({ ...row, name: target.value })}
        />
      </div>
      <div className="field field-sm min-w-0 flex-1">
        <input
          aria-label={t('Pattern of class {{number}}', { number })}
          className="t-code"
          maxLength={PATTERN_CHARS_MAX}
          required
          autoComplete="off"
          spellCheck={false}
          value={row.pattern}
          onChange={({ target }) => put({ ...row, pattern: target.value })}
        />
      </div>
      <button
        type="button"
        className="btn btn-ghost btn-icon btn-sm"
        aria-label={t('Class {{number}} up', { number })}
        disabled={number === 1}
        onClick={() => move(-1)}
      >
        <ArrowUp aria-hidden />
      </button>
      <button
        type="button"
        className="btn btn-ghost btn-icon btn-sm"
        aria-label={t('Class {{number}} down', { number })}
        disabled={last}
        onClick={() => move(1)}
      >
        <ArrowDown aria-hidden />
      </button>
      <button
        type="button"
        className="btn btn-ghost btn-icon btn-sm"
        aria-label={t('Remove class {{number}}', { number })}
        onClick={(event) => {
          keepFocusInList(event);
          remove();
        }}
      >
        <Trash2 aria-hidden />
      </button>
    </li>
  );
}

export function moved<One>(list: readonly One[], from: number, by: number): One[] {
  const next = [...list];
  next.splice(from + by, 0, ...next.splice(from, 1));
  return next;
}

export function NumberClassesField({ value, disabled, onChange }: Props) {
  const { t } = useTranslation();
  const put = (at: number, row: NumberClass) => onChange(value?.with(at, row));
  return (
    <fieldset disabled={disabled} className="flex min-w-0 flex-col gap-3">
      <legend className="mb-1.5 font-medium">{t('Classes of numbers')}</legend>
      <Tick
        label={t('A table of our own')}
        hint={t(
          'Otherwise: emergency, premium, national, international, internal, local. Seats name the classes that they may call.',
        )}
        checked={value !== undefined}
        onChange={(own) => onChange(own ? [...USUAL_CLASSES] : undefined)}
      />
      {value && (
        <div className="flex flex-col gap-2 border-line border-l-2 pl-4">
          <Hint>
            {t(
              'The first pattern (RE2) that fits the whole number, written +49…, decides. {country} stands for the country code.',
            )}
          </Hint>
          <ol className="flex flex-col gap-1.5 max-sm:gap-4">
            {value.map((row, at) => (
              <Row
                key={at}
                row={row}
                number={at + 1}
                last={at === value.length - 1}
                put={(next) => put(at, next)}
                move={(by) => onChange(moved(value, at, by))}
                remove={() => onChange(value.filter((_, other) => other !== at))}
              />
            ))}
          </ol>
          <div>
            <button
              type="button"
              className="btn btn-sm"
              disabled={value.length >= CLASSES_MAX}
              onClick={() => onChange([...value, { name: '', pattern: '' }])}
            >
              <Plus aria-hidden />
              {t('Add class')}
            </button>
          </div>
        </div>
      )}
    </fieldset>
  );
}
