// Main Callflow Block: name, extensions and phone numbers, patterns for experts.
import { useQuery } from '@tanstack/react-query';
import { Plus, Workflow } from 'lucide-react';
import { useId, useState } from 'react';
import { numbersQuery } from '@/api/queries';
import { path, reasonOf, request } from '@/api/request';
import { type CallflowDocument, NAME_CHARS_MAX, notesOf } from '@/callflow/document';
import { isExtension, isNumber, plainNumber, shownNumber } from '@/callflow/numbers';
import { withNotes } from '@/callflow/operations';
import { useEditorContext } from '@/editor/context';
import { useEditor } from '@/editor/store';
import { useView } from '@/editor/view-store';
import { useTranslation } from '@/language/translate';
import { Hint } from '@/ui/hint';
import { Modal } from '@/ui/modal';
import { toast } from '@/ui/toasts';
import { NoteField } from './note-field';
import { useValueList, ValueList, type ValueListState } from './value-list';

const SPARE_SHOWN_MAX = 6;

function useOwners(own: string | null) {
  const { account } = useEditorContext();
  const { data } = useQuery(numbersQuery(account));
  const spare = (data ?? []).filter((one) => one.spare).map((one) => one.number);
  const ownerOf = (number: string) =>
    data?.find((one) => one.number === number && one.callflow && one.callflow !== own);
  return { spare, ownerOf };
}

function SpareNumbers({ spare, phones }: { spare: string[]; phones: ValueListState }) {
  const { t } = useTranslation();
  const free = spare.filter((one) => !phones.values.includes(one));
  if (free.length === 0) return null;
  return (
    <p className="mt-2 flex flex-wrap items-center gap-1.5 t-small text-ink3">
      {t('Spare:')}
      {free.slice(0, SPARE_SHOWN_MAX).map((one) => (
        <button
          key={one}
          type="button"
          className="btn btn-sm tabular-nums"
          aria-label={t('Add {{title}}', { title: shownNumber(one) })}
          onClick={() => phones.add(one)}
        >
          <Plus aria-hidden />
          {shownNumber(one)}
        </button>
      ))}
      {free.length > SPARE_SHOWN_MAX &&
        t('and {{count}} more', { count: free.length - SPARE_SHOWN_MAX })}
    </p>
  );
}

// Numbers keep the order that they had; new ones come last.
function inOldOrder(before: readonly string[], now: readonly string[]): string[] {
  return [
    ...before.filter((one) => now.includes(one)),
    ...now.filter((one) => !before.includes(one)),
  ];
}

function changed(before: CallflowDocument, name: string, notes: string, lists: string[][]) {
  const [numbers = [], patterns = []] = lists;
  const order = inOldOrder(before.numbers ?? [], numbers);
  const next = {
    ...before,
    ...(name !== (before.name ?? '') ? { name } : {}),
    ...(order.length || before.numbers ? { numbers: order } : {}),
    ...(patterns.length || before.patterns ? { patterns } : {}),
  };
  return withNotes(next, notes);
}

function useFindFree(extensions: ValueListState) {
  const { account } = useEditorContext();
  return async () => {
    try {
      const to = path`/accounts/${account}/numbers/free-extension`;
      const body = { except: extensions.values };
      const { value } = await request<{ number: string }>(to, { method: 'POST', body });
      extensions.add(value.number);
    } catch (error) {
      toast({ tone: 'err', title: reasonOf(error) });
    }
  };
}

function useNumberLists(document: CallflowDocument, own: string | null) {
  const { t } = useTranslation();
  const { spare, ownerOf } = useOwners(own);
  const numbers = document.numbers ?? [];
  const check = (number: string): string | null => {
    if (!isNumber(number)) return t('Up to 36 letters, digits and - . _ * # +');
    const owner = ownerOf(number);
    return owner ? t('{{name}} has this number', { name: owner.callflow_name ?? '' }) : null;
  };
  const extensions = useValueList(numbers.filter(isExtension), {
    normal: plainNumber,
    check: (text) => (isExtension(text) ? check(text) : t('Up to six digits')),
  });
  const phones = useValueList(
    numbers.filter((one) => !isExtension(one)),
    {
      normal: plainNumber,
      check: (text) => (isExtension(text) ? t('That is an extension') : check(text)),
    },
  );
  const patterns = useValueList(document.patterns ?? [], {
    normal: (text) => text.trim(),
    check: () => null,
  });
  return { spare, extensions, phones, patterns };
}

export function MainPop() {
  const { t } = useTranslation();
  const { id: own, document, change } = useEditor.getState();
  const set = useView((view) => view.set);
  const nameId = useId();
  const [name, setName] = useState(document.name ?? '');
  const [notes, setNotes] = useState(notesOf(document));
  const { spare, extensions, phones, patterns } = useNumberLists(document, own);
  const findFree = useFindFree(extensions);
  const close = () => set({ pop: null });
  const long = [...name].length > NAME_CHARS_MAX;
  const blocked = long || [extensions, phones, patterns].some((one) => one.problem !== null);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (blocked) return;
    change(changed(document, name, notes, [[...extensions.all, ...phones.all], patterns.all]));
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
          <button
            type="submit"
            form="main-form"
            className="btn btn-lg btn-primary"
            disabled={blocked}
          >
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
          list={extensions}
          placeholder="1000"
          extra={
            <button type="button" className="btn btn-lg" onClick={findFree}>
              {t('Find free')}
            </button>
          }
        />
        <ValueList
          label={t('Phone numbers')}
          list={phones}
          placeholder="+1 415 555 0100"
          below={<SpareNumbers spare={spare} phones={phones} />}
        />
        <details open={patterns.values.length > 0}>
          <summary className="cursor-pointer font-medium text-ink2">{t('For experts')}</summary>
          <div className="mt-3">
            <ValueList
              label={t('Patterns (regular expressions)')}
              list={patterns}
              placeholder="^\+1415(\d{7})$"
            />
          </div>
        </details>
        <NoteField value={notes} onChange={setNotes} />
      </form>
    </Modal>
  );
}
