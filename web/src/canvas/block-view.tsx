// One block: its face, badges, branch chip and insertion points.
import {
  Ban,
  ChevronRight,
  CircleAlert,
  Info,
  Music,
  Plus,
  SquarePen,
  TriangleAlert,
} from 'lucide-react';
import { memo } from 'react';
import { textOf } from '@/api/said';
import { following } from '@/callflow/branches';
import { type Block, isSkipped } from '@/callflow/document';
import { type Face, type FaceLine, faceOf } from '@/callflow/face';
import type { At } from '@/callflow/placement';
import { useEditorContext } from '@/editor/context';
import { useDeeds } from '@/editor/deeds';
import { useView } from '@/editor/view-store';
import { useTranslation } from '@/language/translate';
import { LiveBadge, useLiveCount } from '@/live/live-badge';
import { Tile } from '@/ui/tile';
import { BlockTools } from './block-tools';
import { BranchSlots } from './branch-slots';
import { useDropPlace } from './drop-place';
import type { Placed } from './layout';
import type { Marks } from './marks';

function Line({ line }: { line: FaceLine }) {
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      {line.icon === 'media' && <Music aria-hidden className="!h-3.5 !w-3.5 text-ink3" />}
      {line.icon === 'info' && <Info aria-hidden className="!h-3.5 !w-3.5 text-ink3" />}
      {line.icon === 'note' && <SquarePen aria-hidden className="!h-3.5 !w-3.5 text-ink3" />}
      <span className="min-w-0 flex-1 truncate">{line.text}</span>
      {line.aside && <span className="text-ink3 tabular-nums">{line.aside}</span>}
    </span>
  );
}

export function BlockHead({ face, block, group }: { face: Face; block: Block; group?: string }) {
  return (
    <span className="block-head">
      <Tile module={block.module} group={group} mute={!face.known || isSkipped(block)} />
      <span className="block min-w-0 flex-1">
        <span className="block truncate font-medium text-[11px] text-ink3 leading-[15px]">
          {face.kicker}
        </span>
        <span className="block-value block truncate font-semibold leading-[18px]">
          {face.value}
        </span>
      </span>
    </span>
  );
}

function FindingBadge({ id }: { id: string }) {
  const findings = useView((state) => state.findings);
  const mine = findings.filter((one) => one.block === id);
  const errors = mine.filter((one) => one.severity === 'error');
  const warnings = mine.filter((one) => one.severity === 'warning');
  const [worst] = errors.length ? errors : warnings;
  if (!worst) return null;
  const Icon = errors.length ? CircleAlert : TriangleAlert;
  return (
    <span className={`badge badge-${errors.length ? 'err' : 'warn'}`} title={textOf(worst)}>
      <Icon aria-hidden />
      {errors.length || warnings.length}
    </span>
  );
}

const CHANGE_TONES = { added: 'ok', removed: 'err', changed: 'warn', moved: 'warn' } as const;

function ChangeBadge({ kind }: { kind: NonNullable<Marks['change']> }) {
  const { t } = useTranslation();
  const words = {
    added: t('Added'),
    removed: t('Removed'),
    changed: t('Changed'),
    moved: t('Moved'),
  };
  return <span className={`badge badge-${CHANGE_TONES[kind]}`}>{words[kind]}</span>;
}

function Chip({ placed, onPath, readOnly }: Omit<Props, 'block' | 'marks'> & { onPath: boolean }) {
  const { t } = useTranslation();
  const set = useView((state) => state.set);
  if (!placed.branch) return null;
  const { cap, words } = placed.branch;
  return (
    <button
      type="button"
      className="chip nodrag nopan"
      data-path={onPath}
      tabIndex={-1}
      disabled={readOnly}
      aria-label={t('Branch {{key}}: change', { key: words || cap })}
      onClick={() => set({ pop: { kind: 'key', id: placed.id } })}
    >
      {cap && <span className="kbd">{cap}</span>}
      {words && <span className="truncate">{words}</span>}
    </button>
  );
}

interface PlusProps {
  at: At;
  place: 'plus-between' | 'plus-leaf';
  label: string;
}

export function PlusButton({ at, place, label }: PlusProps) {
  const set = useView((state) => state.set);
  const drop = useDropPlace(at);
  return (
    <>
      <button
        type="button"
        className={`plus nodrag nopan ${place}`}
        aria-label={label}
        title={drop.reason ?? label}
        tabIndex={-1}
        data-drop={drop.state}
        data-plus={'before' in at ? `before:${at.before}` : (at.under ?? 'main')}
        onClick={() => set({ pop: { kind: 'insert', at } })}
        {...drop.handlers}
      >
        <Plus aria-hidden />
      </button>
      {drop.state === 'over' && place === 'plus-between' && <Slot title={drop.title} above />}
    </>
  );
}

export function Slot({ title, above = false }: { title: string; above?: boolean }) {
  const { t } = useTranslation();
  return (
    <span className="slot" style={above ? { bottom: '100%' } : { top: 'calc(100% + 14px)' }}>
      <span className="block font-semibold text-accent-ink">
        {t('Add {{title}} here', { title })}
      </span>
    </span>
  );
}

function PlusPoints({ placed, block }: { placed: Placed; block: Block }) {
  const { t } = useTranslation();
  const { catalog } = useEditorContext();
  const action = catalog.get(block.module);
  const more = following(action, block) === 'open' && !placed.hidden;
  const leaf = more && Object.keys(block.children ?? {}).length === 0;
  const above = t('Add an action before this block');
  const below = t('Add an action here');
  return (
    <>
      <PlusButton at={{ before: placed.id }} place="plus-between" label={above} />
      {leaf && <span className="stem" aria-hidden />}
      {more && (
        <span className={leaf ? '' : 'plus-side'}>
          <PlusButton at={{ under: placed.id }} place="plus-leaf" label={below} />
        </span>
      )}
    </>
  );
}

interface Props {
  placed: Placed;
  block: Block;
  marks: Marks;
  readOnly: boolean;
}

export const BlockView = memo(function BlockView({ placed, block, marks, readOnly }: Props) {
  const { t } = useTranslation();
  const { catalog, names } = useEditorContext();
  const deeds = useDeeds();
  const selected = useView((state) => state.selection === placed.id);
  const view = useView((state) => state.set);
  const error = useView((state) =>
    state.findings.some((one) => one.block === placed.id && one.severity === 'error'),
  );
  const action = catalog.get(block.module);
  const face = faceOf(block, action, names, t);
  const live = useLiveCount(placed.id);
  const drop = useDropPlace({ under: placed.id });
  const open = () => {
    useView.getState().select(placed.id);
    view({ pop: readOnly ? { kind: 'look', block } : { kind: 'edit', id: placed.id } });
  };
  const lift = (event: React.DragEvent) => {
    event.dataTransfer.setData('text/plain', placed.id);
    event.dataTransfer.effectAllowed = 'move';
    setTimeout(() => view({ carried: deeds.carryBlock(block) }));
  };
  const lines = [...face.lines];
  if (placed.hidden) {
    lines.push({ icon: 'text', text: t('{{count}} blocks hidden', { count: placed.hidden }) });
  }
  return (
    <div
      className="flow-block"
      data-block={placed.id}
      data-selected={selected && !readOnly}
      data-error={error && !readOnly}
      data-skipped={isSkipped(block)}
      data-unknown={!face.known}
      data-path={marks.step !== undefined}
      data-live={live > 0 && !readOnly}
      data-faded={marks.faded}
      data-change={marks.change}
      data-drop={drop.state}
      {...drop.handlers}
    >
      {marks.step !== undefined && <span className="step-number">{marks.step}</span>}
      <span className="badges">
        {marks.change && <ChangeBadge kind={marks.change} />}
        {!readOnly && <FindingBadge id={placed.id} />}
        {!readOnly && <LiveBadge count={live} />}
      </span>
      <Chip placed={placed} onPath={marks.step !== undefined} readOnly={readOnly} />
      <button
        type="button"
        className="block-face nodrag nopan"
        id={`block-${placed.id}`}
        tabIndex={selected ? 0 : -1}
        draggable={!readOnly}
        onDragStart={lift}
        onDragEnd={() => view({ carried: null, over: null })}
        onClick={open}
        onFocus={() => useView.getState().select(placed.id)}
      >
        <BlockHead face={face} block={block} {...(action ? { group: action.group } : {})} />
        {lines.length > 0 && (
          <span className="block-foot">
            {lines.map((line) => (
              <Line key={line.text} line={line} />
            ))}
          </span>
        )}
        {drop.state === 'refused' && (
          <span className="block-foot" title={drop.reason}>
            <span className="flex items-start gap-1.5 font-medium text-[11px] leading-[15px]">
              <Ban aria-hidden className="!h-3.5 !w-3.5" />
              {drop.short}
            </span>
          </span>
        )}
      </button>
      {placed.hidden > 0 && <Expand id={placed.id} />}
      {drop.state === 'over' &&
        (action?.branches === 'keyed' ? (
          <BranchSlots id={placed.id} block={block} />
        ) : (
          <Slot title={drop.title} />
        ))}
      {!readOnly && <PlusPoints placed={placed} block={block} />}
      {selected && !readOnly && (
        <BlockTools id={placed.id} block={block} chip={placed.branch !== null} />
      )}
    </div>
  );
});

function Expand({ id }: { id: string }) {
  const { t } = useTranslation();
  const toggle = useView((state) => state.toggleCollapsed);
  return (
    <button
      type="button"
      className="btn btn-sm btn-icon nodrag nopan absolute right-1.5 bottom-1.5"
      aria-label={t('Show the blocks below')}
      onClick={() => toggle(id)}
    >
      <ChevronRight aria-hidden />
    </button>
  );
}

export function heightOf(face: Face): number {
  const lines = face.lines.length;
  const head = 53;
  const foot = lines ? 14 + lines * 16 + (lines - 1) * 2 : 0;
  return head + foot;
}
