// Ctrl+K: every command, block, action and callflow by typing.
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { callflowsQuery } from '@/api/queries';
import {
  type Block,
  type CallflowDocument,
  findPlace,
  idOf,
  isSkipped,
  walk,
} from '@/callflow/document';
import { entriesOf } from '@/catalog/groups';
import { type Translate, useTranslation } from '@/language/translate';
import { Tile } from '@/ui/tile';
import { useEditorContext } from './context';
import { type Deeds, useDeeds } from './deeds';
import { exportFile } from './export';
import { focusBlock } from './focus';
import { useEditor } from './store';
import { MAIN, useView } from './view-store';

const BLOCKS_MAX = 100;
const HEAD = `[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5
  [&_[cmdk-group-heading]]:text-[12px] [&_[cmdk-group-heading]]:text-ink3`;

type Entry = [string, () => void];

// What the tools of the selected block do.
function blockCommands(selection: string | null, deeds: Deeds, t: Translate): Entry[] {
  const place = selection ? findPlace(useEditor.getState().document, selection) : null;
  if (!place || !selection) return [];
  const { set, toggleCollapsed } = useView.getState();
  const name = deeds.nameOf(place.block);
  const entries: Entry[] = [
    [t('Edit'), () => set({ pop: { kind: 'edit', id: selection } })],
    ...(place.parent
      ? [[t('Change the branch'), () => set({ pop: { kind: 'key', id: selection } })] as Entry]
      : []),
    [t('Move to…'), () => set({ pop: { kind: 'move', id: selection } })],
    [
      t('Add an action before this block'),
      () => set({ pop: { kind: 'insert', at: { before: selection } } }),
    ],
    [t('Copy'), () => deeds.copy(selection)],
    [t('Duplicate'), () => deeds.duplicate(selection)],
    [
      isSkipped(place.block) ? t('Run this block again') : t('Bypass'),
      () => deeds.bypass(selection),
    ],
    [t('Hide or show what follows'), () => toggleCollapsed(selection)],
    [t('Delete'), () => deeds.remove(selection)],
  ];
  return entries.map(([label, deed]) => [`${name}: ${label}`, deed]);
}

// Of a large callflow only so many are listed; the search looks at all.
function foundBlocks(document: CallflowDocument, deeds: Deeds, search: string) {
  const wanted = search.trim().toLowerCase();
  const found: { block: Block; name: string }[] = [];
  for (const { block } of walk(document)) {
    const name = deeds.nameOf(block);
    if (name.toLowerCase().includes(wanted)) found.push({ block, name });
    if (found.length === BLOCKS_MAX) break;
  }
  return found;
}

export default function Palette({ save, fit }: { save: () => void; fit: () => void }) {
  const { t } = useTranslation();
  const { account, actions, catalog } = useEditorContext();
  const deeds = useDeeds();
  const navigate = useNavigate();
  const document = useEditor((state) => state.document);
  const { set, selection } = useView();
  const { data: callflows = [] } = useQuery(callflowsQuery(account));
  const [search, setSearch] = useState('');
  const close = () => set({ palette: false });
  const run = (deed: () => void) => () => {
    close();
    setTimeout(deed);
  };
  const looks: Entry[] = [
    [t('Simulate'), () => set({ panel: 'simulate' })],
    [t('History'), () => set({ panel: 'history' })],
    [t('Fit to screen'), fit],
    [t('Outline'), () => set({ outline: !useView.getState().outline })],
    [t('Keyboard'), () => set({ pop: { kind: 'help' } })],
    [t('Export'), () => exportFile(useEditor.getState().document)],
  ];
  const changes: Entry[] = [
    ['Save Changes', save],
    [t('Undo'), () => deeds.undo()],
    [t('Redo'), () => deeds.redo()],
    [t('Name and numbers'), () => set({ pop: { kind: 'main' } })],
    [t('New callflow'), () => void navigate({ to: '/callflows/$id', params: { id: 'new' } })],
    ...blockCommands(selection, deeds, t),
  ];
  const commands = deeds.mayEdit ? [...changes, ...looks] : looks;
  const under = selection === MAIN ? null : selection;
  const blocks = foundBlocks(document, deeds, search);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-scrim" />
        <Dialog.Content
          className="sheet fixed z-51 flex flex-col overflow-hidden bg-overlay shadow-high"
          aria-describedby={undefined}
        >
          <Dialog.Title className="sr-only">{t('All commands')}</Dialog.Title>
          <Command label={t('All commands')} className="flex min-h-0 flex-1 flex-col">
            <div className="p-3">
              <div className="field">
                <Search aria-hidden />
                <Command.Input
                  value={search}
                  onValueChange={setSearch}
                  placeholder={t('Command, block, action or callflow')}
                  aria-label={t('All commands')}
                />
              </div>
            </div>
            <Command.List className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
              <Command.Empty className="p-4 text-center text-ink3">
                {t('Nothing found')}
              </Command.Empty>
              <Command.Group heading={t('Commands')} className={HEAD}>
                {commands.map(([label, deed]) => (
                  <Command.Item key={label} className="menu-item" onSelect={run(deed)}>
                    {label}
                  </Command.Item>
                ))}
              </Command.Group>
              {deeds.mayEdit && (
                <Command.Group heading={t('Add')} className={HEAD}>
                  {entriesOf(actions).map((action) => (
                    <Command.Item
                      key={action.title}
                      value={`${t('Add')} ${action.title}`}
                      className="menu-item items-center"
                      onSelect={run(() => deeds.place({ under }, deeds.carry(action)))}
                    >
                      <Tile module={action.name} group={action.group} size="s" />
                      {t('Add {{title}}', { title: action.title })}
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
              <Command.Group heading={t('Blocks')} className={HEAD}>
                {blocks.map(({ block, name }) => (
                  <Command.Item
                    key={idOf(block)}
                    value={`${name} ${idOf(block)}`}
                    className="menu-item items-center"
                    onSelect={run(() => focusBlock(idOf(block)))}
                  >
                    <Tile module={block.module} group={catalog.get(block.module)?.group} size="s" />
                    {name}
                  </Command.Item>
                ))}
              </Command.Group>
              <Command.Group heading={t('Callflows')} className={HEAD}>
                {callflows.map((one) => (
                  <Command.Item
                    key={one.id}
                    value={`${one.name} ${one.numbers.join(' ')} ${one.id}`}
                    className="menu-item"
                    onSelect={run(
                      () => void navigate({ to: '/callflows/$id', params: { id: one.id } }),
                    )}
                  >
                    {one.name}
                  </Command.Item>
                ))}
              </Command.Group>
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
