// The same tree as a list: for screen readers, and the only view on phones.
import { ChevronRight, CircleAlert, Plus, TriangleAlert, Workflow } from 'lucide-react';
import { textOf } from '@/api/said';
import { branchWords, following } from '@/callflow/branches';
import {
  type CallflowDocument,
  childrenOf,
  findPlace,
  idOf,
  rootOf,
  walk,
} from '@/callflow/document';
import { type FaceLine, faceOf } from '@/callflow/face';
import { shownNumber } from '@/callflow/numbers';
import { useEditorContext } from '@/editor/context';
import { useEditor } from '@/editor/store';
import { MAIN, useView } from '@/editor/view-store';
import { useTranslation } from '@/language/translate';
import { useLiveCount } from '@/live/live-badge';
import { isOwn } from '@/simulate/path-marks';
import { Tile } from '@/ui/tile';

const INDENT = 24;
const INDENT_LEVELS_MAX = 8;

interface Row {
  id: string;
  level: number;
  position: number;
  siblings: number;
  branch: string;
}

// Straight chains stay on one level, as on paper; only branches indent.
export function outlineRows(document: CallflowDocument, label: (id: string) => string): Row[] {
  const levels = new Map<string, number>();
  return walk(document).map(({ block, parent, key }) => {
    const id = idOf(block);
    const siblings = parent ? childrenOf(parent) : [];
    const up = parent ? (levels.get(idOf(parent)) ?? 0) : 0;
    const level = siblings.length > 1 || (parent && label(id)) ? up + 1 : up;
    levels.set(id, level);
    const position = siblings.findIndex(([other]) => other === key) + 1;
    return {
      id,
      level,
      position: Math.max(1, position),
      siblings: Math.max(1, siblings.length),
      branch: label(id),
    };
  });
}

function Lines({ lines }: { lines: FaceLine[] }) {
  return lines.map((line) => (
    <span key={line.text} className="block truncate t-small text-ink2">
      {line.text} {line.aside}
    </span>
  ));
}

function OutlineBlock({ row, readOnly }: { row: Row; readOnly: boolean }) {
  const { t } = useTranslation();
  const { catalog, names } = useEditorContext();
  const place = useEditor((state) => findPlace(state.document, row.id));
  const { selection, findings, simulation, set } = useView();
  const live = useLiveCount(row.id);
  if (!place) return null;
  const { block } = place;
  const open = () =>
    set({ pop: readOnly ? { kind: 'look', block } : { kind: 'edit', id: row.id } });
  const action = catalog.get(place.block.module);
  const face = faceOf(place.block, action, names, t);
  const mine = findings.filter((one) => one.block === row.id && one.severity !== 'info');
  const bad = mine.some((one) => one.severity === 'error');
  const Mark = bad ? CircleAlert : TriangleAlert;
  const { document } = useEditor.getState();
  const onPath =
    simulation?.path.some((step) => step.block === row.id && isOwn(step, document)) ?? false;
  return (
    <div
      role="treeitem"
      id={`outline-${row.id}`}
      aria-level={row.level + 2}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-selected={selection === row.id}
      tabIndex={selection === row.id ? 0 : -1}
      className="outline-block"
      data-path={onPath}
      onFocus={() => useView.getState().select(row.id)}
      onClick={open}
      onKeyDown={(event) => event.key === 'Enter' && open()}
    >
      <Tile module={place.block.module} group={action?.group} size="l" />
      <span className="min-w-0 flex-1">
        {row.branch && <span className="sr-only">{row.branch}, </span>}
        <span className="block t-micro text-ink3">{face.kicker}</span>
        <span className="block truncate font-semibold">{face.value}</span>
        <Lines lines={face.lines} />
        <span className="sr-only">{mine.map(textOf).join(', ')}</span>
      </span>
      {!readOnly && live > 0 && (
        <span className="pill pill-live" title={t('{{count}} calls here now', { count: live })}>
          <span className="dot" />
          {live}
        </span>
      )}
      {mine.length > 0 && (
        <span className={`pill ${bad ? 'pill-err' : 'pill-warn'}`} aria-hidden>
          <Mark aria-hidden className="!h-3 !w-3" />
          {mine.length}
        </span>
      )}
      <ChevronRight aria-hidden className="text-ink3" />
    </div>
  );
}

function MainRow({ readOnly }: { readOnly: boolean }) {
  const { t } = useTranslation();
  const document = useEditor((state) => state.document);
  const { selection, set } = useView();
  const open = () => !readOnly && set({ pop: { kind: 'main' } });
  return (
    <div
      role="treeitem"
      id={`outline-${MAIN}`}
      aria-level={1}
      aria-selected={selection === MAIN}
      tabIndex={selection === MAIN || selection === null ? 0 : -1}
      className="outline-block"
      onFocus={() => useView.getState().select(MAIN)}
      onClick={open}
      onKeyDown={(event) => event.key === 'Enter' && open()}
    >
      <span className="tile tile-l bg-hover">
        <Workflow aria-hidden />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block t-micro text-ink3">{t('Callflow')}</span>
        <span className="block truncate font-semibold">
          {document.name || t('Name this callflow')}
        </span>
        <span className="mt-1 flex flex-wrap gap-1">
          {(document.numbers ?? []).map((number) => (
            <span key={number} className="tag">
              {shownNumber(number)}
            </span>
          ))}
        </span>
      </span>
    </div>
  );
}

function AddRow({ under, level }: { under: string | null; level: number }) {
  const { t } = useTranslation();
  const set = useView((state) => state.set);
  return (
    <button
      type="button"
      data-plus={under ?? 'main'}
      className="flex h-10 items-center justify-center gap-2 rounded-block border border-line2
        border-dashed font-medium text-accent-ink max-sm:h-12"
      style={{ marginLeft: Math.min(level, INDENT_LEVELS_MAX) * INDENT }}
      onClick={() => set({ pop: { kind: 'insert', at: { under } } })}
    >
      <Plus aria-hidden />
      {t('Add an action')}
    </button>
  );
}

export function Outline({ readOnly = false }: { readOnly?: boolean }) {
  const { t } = useTranslation();
  const { catalog } = useEditorContext();
  const document = useEditor((state) => state.document);
  const selection = useView((state) => state.selection);
  const rows = outlineRows(document, (id) => {
    const place = findPlace(document, id);
    if (!place?.parent) return '';
    const { cap, words } = branchWords(catalog.get(place.parent.module), place.key, t);
    return cap || words;
  });
  const chosen = rows.find((row) => row.id === selection);
  const place = chosen && findPlace(document, chosen.id);
  const more = place && following(catalog.get(place.block.module), place.block) === 'open';
  return (
    <div className="h-full overflow-y-auto bg-canvas p-4 pb-24">
      <div className="mx-auto flex max-w-2xl flex-col gap-2">
        <div role="tree" aria-label={t('Outline')} className="flex flex-col gap-2">
          <MainRow readOnly={readOnly} />
          {rows.map((row) => (
            <div
              key={row.id}
              role="none"
              style={{ marginLeft: Math.min(row.level, INDENT_LEVELS_MAX) * INDENT }}
            >
              {row.branch && (
                <span
                  className="mb-1.5 inline-flex h-[22px] items-center rounded-full border
                  border-line2 bg-surface px-2.5 font-medium text-[12px]"
                  aria-hidden
                >
                  {row.branch}
                </span>
              )}
              <OutlineBlock row={row} readOnly={readOnly} />
            </div>
          ))}
        </div>
        {!readOnly && !rootOf(document) && <AddRow under={null} level={0} />}
        {!readOnly && more && chosen && <AddRow under={chosen.id} level={chosen.level + 1} />}
      </div>
    </div>
  );
}
