// A list of short texts: numbers, patterns. What is typed and not yet added counts too.
import { Plus, X } from 'lucide-react';
import { useId, useState } from 'react';
import { shownNumber } from '@/callflow/numbers';
import { useTranslation } from '@/language/translate';
import { Hint } from '@/ui/hint';
import { keepFocusInList } from '@/ui/row-focus';

interface Rules {
  normal: (text: string) => string;
  check: (text: string) => string | null;
}

export interface ValueListState {
  values: string[];
  text: string;
  problem: string | null;
  all: string[]; // with what is typed
  setText: (text: string) => void;
  add: (value: string) => void;
  remove: (value: string) => void;
}

export function useValueList(initial: readonly string[], rules: Rules): ValueListState {
  const { t } = useTranslation();
  const [values, setValues] = useState([...initial]);
  const [text, setText] = useState('');
  const typed = rules.normal(text);
  const twice = values.includes(typed) ? t('It is in the list already') : null;
  const problem = typed === '' ? null : (twice ?? rules.check(typed));
  return {
    values,
    text,
    problem,
    all: typed === '' || problem ? values : [...values, typed],
    setText,
    add: (value) => {
      const one = rules.normal(value);
      if (one === '' || values.includes(one) || rules.check(one)) return;
      setValues((before) => (before.includes(one) ? before : [...before, one]));
      if (value === text) setText('');
    },
    remove: (value) => setValues((before) => before.filter((other) => other !== value)),
  };
}

interface Props {
  label: string;
  list: ValueListState;
  placeholder: string;
  extra?: React.ReactNode;
  below?: React.ReactNode;
}

export function ValueList({ label, list, placeholder, extra, below }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const { values, text, problem, setText, add, remove } = list;
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-medium">
        {label}
      </label>
      {values.length > 0 && (
        <ul className="mb-2 flex flex-wrap gap-1.5">
          {values.map((one) => (
            <li key={one} className="tag">
              {shownNumber(one)}
              <button
                type="button"
                className="grid h-6 w-6 place-items-center"
                aria-label={t('Remove {{number}}', { number: one })}
                onClick={(event) => {
                  keepFocusInList(event);
                  remove(one);
                }}
              >
                <X aria-hidden className="!h-3 !w-3" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex gap-2">
        <div className="field" data-bad={problem !== null}>
          <input
            id={id}
            value={text}
            placeholder={placeholder}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || text.trim() === '') return;
              event.preventDefault();
              add(text);
            }}
          />
        </div>
        <button
          type="button"
          className="btn btn-lg"
          onClick={() => add(text)}
          aria-label={`${t('Add')}: ${label}`}
        >
          <Plus aria-hidden />
          {t('Add')}
        </button>
        {extra}
      </div>
      {problem && <Hint tone="err">{problem}</Hint>}
      {below}
    </div>
  );
}
