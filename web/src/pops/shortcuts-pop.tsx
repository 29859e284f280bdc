import { useView } from '@/editor/view-store';
import { useTranslation } from '@/language/translate';
import { Modal } from '@/ui/modal';

const KEYS: [string, string][] = [
  ['← ↑ → ↓', 'Go from block to block'],
  ['Enter', 'Edit'],
  ['+', 'Add an action under the block'],
  ['Shift Ins', 'Add an action before the block'],
  ['B', 'Change the branch'],
  ['M', 'Move, with what follows'],
  ['H', 'Hide or show what follows'],
  ['Del', 'Delete, with what follows'],
  ['F2', 'Name and numbers'],
  ['Ctrl C  Ctrl X  Ctrl V', 'Copy, cut, paste'],
  ['Ctrl D', 'Duplicate'],
  ['Ctrl Z  Ctrl Shift Z', 'Undo, redo'],
  ['Ctrl S', 'Save Changes'],
  ['Ctrl K', 'All commands'],
  ['/', 'Search callflows'],
  ['A', 'Search actions'],
  ['F', 'Fit to screen'],
];

export function ShortcutsPop() {
  const { t } = useTranslation();
  const set = useView((state) => state.set);
  return (
    <Modal title={t('Keyboard')} width={440} onClose={() => set({ pop: null })}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 p-5">
        {KEYS.map(([keys, words]) => (
          <div key={keys} className="contents">
            <dt>
              <span className="kbd">{keys}</span>
            </dt>
            <dd>{t(words)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
