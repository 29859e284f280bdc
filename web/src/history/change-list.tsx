// A list of what differs, in words.
import { Minus, MoveRight, Pencil, Plus } from 'lucide-react';
import type { Action } from '@/api/types';
import { branchWords } from '@/callflow/branches';
import type { BlockChange, Difference, FieldChange } from '@/callflow/difference';
import { faceOf, shownSetting } from '@/callflow/face';
import { useEditorContext } from '@/editor/context';
import { useTranslation } from '@/language/translate';
import { Tile } from '@/ui/tile';

const ICONS = { added: Plus, removed: Minus, changed: Pencil, moved: MoveRight };
const TONES = { added: 'text-ok', removed: 'text-err', changed: 'text-warn', moved: 'text-warn' };

// Members that no action describes.
const LABELS: Record<string, string> = {
  name: 'Name',
  numbers: 'Numbers',
  patterns: 'Patterns',
  notes: 'Note',
  module: 'Action',
  skip_module: 'Bypass',
};

interface FieldProps {
  label: string;
  change: FieldChange;
  action?: Action | undefined;
}

function Field({ label, change, action }: FieldProps) {
  const { t } = useTranslation();
  const { names } = useEditorContext();
  const shown = (value: unknown) => {
    if (value === undefined || value === '') return '';
    if (typeof value === 'boolean') return value ? t('Yes') : t('No');
    if (typeof value === 'object') return JSON.stringify(value);
    return action ? shownSetting(action, change.name, value, names, t) : String(value);
  };
  const before = shown(change.before);
  const after = shown(change.after);
  return (
    <div className="grid grid-cols-[88px_minmax(0,1fr)] gap-2 t-small">
      <dt className="truncate text-ink3">{label}</dt>
      <dd className="flex flex-wrap gap-1">
        {before && <del className="rounded bg-err-tint px-1 text-err">{before}</del>}
        {after && <ins className="rounded bg-ok-tint px-1 text-ok no-underline">{after}</ins>}
      </dd>
    </div>
  );
}

function ChangeCard({ change }: { change: BlockChange }) {
  const { t } = useTranslation();
  const { catalog, names } = useEditorContext();
  const { block, parent, key } = change.place;
  const action = catalog.get(block.module);
  const face = faceOf(block, action, names, t);
  const Icon = ICONS[change.kind];
  const kinds = {
    added: t('added'),
    removed: t('removed'),
    changed: t('changed'),
    moved: t('moved'),
  };
  const parentAction = parent ? catalog.get(parent.module) : undefined;
  const { cap, words } = branchWords(parentAction, key, t);
  const where = parent
    ? [faceOf(parent, parentAction, names, t).value, cap || words].filter(Boolean).join(', ')
    : t('First block');
  return (
    <li className="rounded-card border border-line p-3">
      <div className="flex items-center gap-2">
        <Tile module={block.module} group={action?.group} size="s" />
        <span className="min-w-0 flex-1 truncate font-semibold">
          {face.value} {kinds[change.kind]}
        </span>
        <Icon aria-hidden className={TONES[change.kind]} />
      </div>
      <p className="mt-1 t-small text-ink3">{where}</p>
      {change.fields.length > 0 && (
        <dl className="mt-2 flex flex-col gap-1 border-line border-t pt-2">
          {change.fields.map((field) => {
            const label = action?.params[field.name]?.label ?? LABELS[field.name] ?? field.name;
            return <Field key={field.name} label={t(label)} change={field} action={action} />;
          })}
        </dl>
      )}
    </li>
  );
}

export function ChangeList({ changes }: { changes: Difference }) {
  const { t } = useTranslation();
  if (changes.count === 0) return <p className="text-ink3">{t('No difference')}</p>;
  return (
    <ul className="flex flex-col gap-2">
      {changes.head.length > 0 && (
        <li className="rounded-card border border-line p-3">
          <div className="mb-2 font-semibold">{t('Main Callflow Block changed')}</div>
          <dl className="flex flex-col gap-1">
            {changes.head.map((field) => (
              <Field key={field.name} label={t(LABELS[field.name] ?? field.name)} change={field} />
            ))}
          </dl>
        </li>
      )}
      {changes.blocks.map((change) => (
        <ChangeCard key={`${change.kind}-${change.id}`} change={change} />
      ))}
    </ul>
  );
}
