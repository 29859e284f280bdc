// The small bar above the selected block.
import { CopyPlus, EyeOff, FoldVertical, MoveDown, Pencil, Trash2 } from 'lucide-react';
import { type Block, childrenOf, isSkipped } from '@/callflow/document';
import { useDeeds } from '@/editor/deeds';
import { useView } from '@/editor/view-store';
import { useTranslation } from '@/language/translate';

export function BlockTools({ id, block, chip }: { id: string; block: Block; chip: boolean }) {
  const { t } = useTranslation();
  const deeds = useDeeds();
  const { set, toggleCollapsed } = useView.getState();
  const branches = childrenOf(block).length > 0;
  const tools = [
    { label: t('Edit'), Icon: Pencil, run: () => set({ pop: { kind: 'edit', id } }) },
    { label: t('Move to…'), Icon: MoveDown, run: () => set({ pop: { kind: 'move', id } }) },
    { label: t('Duplicate'), Icon: CopyPlus, run: () => deeds.duplicate(id) },
    {
      label: isSkipped(block) ? t('Run this block again') : t('Bypass'),
      Icon: EyeOff,
      run: () => deeds.bypass(id),
    },
    ...(branches
      ? [
          {
            label: t('Hide or show what follows'),
            Icon: FoldVertical,
            run: () => toggleCollapsed(id),
          },
        ]
      : []),
    { label: t('Delete'), Icon: Trash2, run: () => deeds.remove(id) },
  ];
  return (
    <div
      role="toolbar"
      style={{ bottom: `calc(100% + ${chip ? 56 : 28}px)` }}
      aria-label={t('Block')}
      className="nodrag nopan absolute left-1/2 z-10 flex -translate-x-1/2
        gap-px rounded-[9px] border border-line bg-overlay p-0.5 shadow-mid"
    >
      {tools.map(({ label, Icon, run }) => (
        <button
          key={label}
          type="button"
          className="btn btn-ghost btn-icon btn-sm"
          aria-label={label}
          title={label}
          onClick={run}
        >
          <Icon aria-hidden />
        </button>
      ))}
    </div>
  );
}
