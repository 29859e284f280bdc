// The Main Callflow Block: name, extensions, phone numbers.
import { Pencil, Plus, SquarePen, Workflow } from 'lucide-react';
import { type CallflowDocument, notesOf, rootOf } from '@/callflow/document';
import { isExtension, shownNumber } from '@/callflow/numbers';
import { MAIN, useView } from '@/editor/view-store';
import { useTranslation } from '@/language/translate';
import { Slot } from './block-view';
import { useDropPlace } from './drop-place';

function NumberRow({ label, numbers }: { label: string; numbers: string[] }) {
  const { t } = useTranslation();
  return (
    <div className="grid grid-cols-[92px_minmax(0,1fr)] items-start gap-2">
      <span className="flex h-6 items-center t-small text-ink3">{label}</span>
      <span className="flex min-h-6 flex-wrap items-center gap-1">
        {numbers.length === 0 && <span className="t-small text-ink3">{t('None')}</span>}
        {numbers.map((number) => (
          <span key={number} className="tag">
            {shownNumber(number)}
          </span>
        ))}
      </span>
    </div>
  );
}

function FirstAction() {
  const { t } = useTranslation();
  const set = useView((state) => state.set);
  const drop = useDropPlace({ under: null });
  return (
    <div className="absolute top-full left-1/2 w-[186px] -translate-x-1/2 text-center">
      <span className="stem" style={{ top: 0 }} aria-hidden />
      <button
        type="button"
        className="nodrag nopan mt-5 flex h-[46px] w-full items-center justify-center gap-2 rounded-block
          border border-accent border-dashed bg-accent-tint font-semibold text-accent-ink"
        data-plus="main"
        data-drop={drop.state}
        onClick={() => set({ pop: { kind: 'insert', at: { under: null } } })}
        {...drop.handlers}
      >
        <Plus aria-hidden />
        {t('Add the first action')}
      </button>
      <p className="mt-2 whitespace-nowrap t-small text-ink3">
        {t('Drag one from the right, or press +')}
      </p>
    </div>
  );
}

interface Props {
  document: CallflowDocument;
  readOnly: boolean;
  step?: number;
  faded?: boolean;
}

export function MainBlock({ document, readOnly, step, faded }: Props) {
  const { t } = useTranslation();
  const selected = useView((state) => state.selection === MAIN);
  const stop = useView((state) => state.selection === null || state.selection === MAIN);
  const set = useView((state) => state.set);
  const drop = useDropPlace({ under: null });
  const numbers = document.numbers ?? [];
  const patterns = document.patterns ?? [];
  const [note] = notesOf(document).trim().split('\n');
  const edit = () => {
    useView.getState().select(MAIN);
    if (!readOnly) set({ pop: { kind: 'main' } });
  };
  const extensions = numbers.filter(isExtension);
  const phones = numbers.filter((number) => !isExtension(number));
  return (
    <div
      className="flow-block block-main"
      data-block={MAIN}
      data-selected={selected && !readOnly}
      data-path={step !== undefined}
      data-faded={faded}
      data-drop={drop.state === 'refused' ? undefined : drop.state}
      {...drop.handlers}
    >
      {step !== undefined && <span className="step-number">{step}</span>}
      <button
        type="button"
        className="block-face nodrag nopan"
        id={`block-${MAIN}`}
        tabIndex={stop ? 0 : -1}
        onClick={edit}
        onFocus={() => useView.getState().select(MAIN)}
      >
        <span className="block-head !px-3 !py-2.5">
          <span className="tile" style={{ color: 'var(--g-root)', background: 'var(--g-root-bg)' }}>
            <Workflow aria-hidden />
          </span>
          <span className="block min-w-0 flex-1">
            <span className="block font-medium text-[11px] text-ink3 leading-[15px]">
              {t('Callflow')}
            </span>
            <span className="block-value block truncate font-semibold text-[15px] leading-5">
              {document.name || t('Name this callflow')}
            </span>
          </span>
          {!readOnly && <Pencil aria-hidden className="text-ink3" />}
        </span>
        <span className="flex flex-col gap-1.5 border-line border-t px-3 pt-2 pb-2.5">
          <NumberRow label={t('Extensions')} numbers={extensions} />
          <NumberRow label={t('Phone numbers')} numbers={phones} />
          {patterns.length > 0 && <NumberRow label={t('Patterns')} numbers={patterns} />}
          {note && (
            <span className="flex h-6 items-center gap-1.5 text-ink2">
              <SquarePen aria-hidden className="!h-3.5 !w-3.5 text-ink3" />
              <span className="truncate t-small">{note}</span>
            </span>
          )}
        </span>
      </button>
      {!readOnly && !rootOf(document) && <FirstAction />}
      {drop.state === 'over' && rootOf(document) && <Slot title={drop.title} />}
    </div>
  );
}
