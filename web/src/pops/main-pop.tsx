// Main Callflow Block: name, extensions and phone numbers, patterns for experts.
import { useQuery } from '@tanstack/react-query';
import { Plus, Workflow, X } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { numbersQuery } from '@/api/queries';
import { path, request } from '@/api/request';
import { NAME_CHARS_MAX } from '@/callflow/document';
import { isExtension, isNumber, plainNumber, shownNumber } from '@/callflow/numbers';
import { useEditorContext } from '@/editor/context';
import { useEditor } from '@/editor/store';
import { useView } from '@/editor/view-store';
import { Hint } from '@/ui/hint';
import { Modal } from '@/ui/modal';
import { toast } from '@/ui/toasts';

interface ListProps {
  label: string;
  values: string[];
  onChange: (values: string[]) => void;
  check: (text: string) => string | null;
  normal: (text: string) => string;
  placeholder: string;
  offers?: string[];
  extra?: React.ReactNode;
}

function ValueList(props: ListProps) {
  const { label, values, onChange, check, normal, placeholder, offers = [], extra } = props;
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState('');
  const value = normal(text);
  const twice = values.includes(value) ? t('It is in the list already') : null;
  const problem = value === '' ? null : (twice ?? check(value));
  const add = () => {
    if (value === '' || problem) return;
    onChange([...values, value]);
    setText('');
  };
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
                className="grid h-6 w-5 place-items-center"
                aria-label={t('Remove {{number}}', { number: one })}
                onClick={() => onChange(values.filter((other) => other !== one))}
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
            list={`${id}-offers`}
            placeholder={placeholder}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              add();
            }}
          />
          <datalist id={`${id}-offers`}>
            {offers.map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
        </div>
        <button
          type="button"
          className="btn btn-lg"
          onClick={add}
          aria-label={`${t('Add')}: ${label}`}
        >
          <Plus aria-hidden />
          {t('Add')}
        </button>
        {extra}
      </div>
      {problem && <Hint tone="err">{problem}</Hint>}
    </div>
  );
}

function useOwners(own: string | null) {
  const { account } = useEditorContext();
  const { data } = useQuery(numbersQuery(account));
  const spare = (data ?? []).filter((one) => one.spare).map((one) => one.number);
  const ownerOf = (number: string) =>
    data?.find((one) => one.number === number && one.callflow && one.callflow !== own);
  return { spare, ownerOf };
}

export function MainPop() {
  const { t } = useTranslation();
  const { account } = useEditorContext();
  const state = useEditor.getState();
  const set = useView((view) => view.set);
  const nameId = useId();
  const [name, setName] = useState(state.document.name ?? '');
  const [numbers, setNumbers] = useState(state.document.numbers ?? []);
  const [patterns, setPatterns] = useState(state.document.patterns ?? []);
  const { spare, ownerOf } = useOwners(state.id);
  const close = () => set({ pop: null });
  const extensions = numbers.filter(isExtension);
  const phones = numbers.filter((one) => !isExtension(one));
  const checkNumber = (number: string): string | null => {
    if (!isNumber(number)) return t('Up to 36 letters, digits and - . _ * # +');
    const owner = ownerOf(number);
    return owner ? t('{{name}} has this number', { name: owner.callflow_name ?? '' }) : null;
  };
  const long = [...name].length > NAME_CHARS_MAX;
  const findFree = async () => {
    try {
      const { value } = await request<{ number: string }>(
        path`/accounts/${account}/numbers/free-extension`,
        { method: 'POST', body: { except: extensions } },
      );
      setNumbers([...extensions, value.number, ...phones]);
    } catch (error) {
      toast({ tone: 'err', title: error instanceof Error ? error.message : String(error) });
    }
  };
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (long) return;
    const { patterns: _, ...rest } = state.document;
    const kept = patterns.length || state.document.patterns ? { patterns } : {};
    state.change({ ...rest, name, numbers, ...kept });
    close();
  };
  return (
    <Modal
      title={t('Main Callflow Block')}
      help={t('What callers dial to get here')}
      tile={
        <span className="tile tile-l bg-hover">
          <Workflow aria-hidden />
        </span>
      }
      width={520}
      onClose={close}
      footer={
        <>
          <button type="button" className="btn btn-lg ml-auto" onClick={close}>
            {t('Cancel')}
          </button>
          <button type="submit" form="main-form" className="btn btn-lg btn-primary" disabled={long}>
            {t('Apply')}
          </button>
        </>
      }
    >
      <form id="main-form" className="flex flex-col gap-5 p-5" onSubmit={submit}>
        <div>
          <label htmlFor={nameId} className="mb-1.5 block font-medium">
            {t('Name')}
          </label>
          <div className="field" data-bad={long}>
            <input id={nameId} value={name} onChange={(event) => setName(event.target.value)} />
          </div>
          {long && (
            <Hint tone="err">{t('At most {{max}} characters', { max: NAME_CHARS_MAX })}</Hint>
          )}
        </div>
        <ValueList
          label={t('Extensions')}
          values={extensions}
          placeholder="1000"
          check={(text) => (isExtension(text) ? checkNumber(text) : t('Up to six digits'))}
          normal={plainNumber}
          onChange={(list) => setNumbers([...list, ...phones])}
          extra={
            <button type="button" className="btn btn-lg" onClick={findFree}>
              {t('Find free')}
            </button>
          }
        />
        <ValueList
          label={t('Phone numbers')}
          values={phones}
          placeholder="+1 415 555 0100"
          offers={spare}
          check={(text) => (isExtension(text) ? t('That is an extension') : checkNumber(text))}
          normal={plainNumber}
          onChange={(list) => setNumbers([...extensions, ...list])}
        />
        <details open={patterns.length > 0}>
          <summary className="cursor-pointer font-medium text-ink2">{t('For experts')}</summary>
          <div className="mt-3">
            <ValueList
              label={t('Patterns (regular expressions)')}
              values={patterns}
              placeholder="^\+1415(\d{7})$"
              check={() => null}
              normal={(text) => text.trim()}
              onChange={setPatterns}
            />
          </div>
        </details>
      </form>
    </Modal>
  );
}
