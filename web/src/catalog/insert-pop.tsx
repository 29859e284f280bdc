// "+": choose an action by typing or tapping. The way without dragging; a bottom sheet on phones.
import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { At } from '@/callflow/placement';
import { useEditorContext } from '@/editor/context';
import { useDeeds } from '@/editor/deeds';
import { useView } from '@/editor/view-store';
import { useTranslation } from '@/language/translate';
import { Tile } from '@/ui/tile';
import { type Entry, entriesOf, grouped, matchRank } from './groups';

export function InsertPop({ at }: { at: At }) {
  const { t } = useTranslation();
  const { actions } = useEditorContext();
  const deeds = useDeeds();
  const set = useView((state) => state.set);
  const close = () => set({ pop: null });
  const entries = entriesOf(actions);
  const choose = (entry: Entry) => {
    close();
    deeds.place(at, deeds.carry(entry));
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-scrim" />
        <Dialog.Content
          className="sheet fixed z-51 flex flex-col overflow-hidden bg-overlay shadow-high"
          aria-describedby={undefined}
        >
          <Dialog.Title className="t-title px-4 pt-3.5 pb-2">{t('Add an action')}</Dialog.Title>
          <Command
            label={t('Add an action')}
            filter={(value, search) => {
              const entry = entries.find((one) => one.title === value);
              const rank = entry ? matchRank(entry, search) : null;
              return rank === null ? 0 : 1 / (rank + 1);
            }}
            className="flex min-h-0 flex-1 flex-col"
          >
            <div className="px-4 pb-2">
              <div className="field">
                <Search aria-hidden />
                <Command.Input placeholder={t('Search actions')} aria-label={t('Search actions')} />
              </div>
            </div>
            <Command.List className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
              <Command.Empty className="px-3 py-6 text-center text-ink3">
                {t('Nothing found')}
              </Command.Empty>
              {grouped(entries).map(({ group, actions: members }) => (
                <Command.Group
                  key={group.id}
                  heading={group.title}
                  className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5
                    [&_[cmdk-group-heading]]:text-[12px] [&_[cmdk-group-heading]]:text-ink3"
                >
                  {members.map((action) => {
                    const verdict = deeds.verdict(at, deeds.carry(action));
                    return (
                      <Command.Item
                        key={action.title}
                        value={action.title}
                        disabled={!verdict.legal}
                        onSelect={() => choose(action)}
                        className="menu-item items-center max-sm:min-h-11 data-[disabled=true]:opacity-60"
                      >
                        <Tile module={action.name} group={action.group} size="s" />
                        <span className="min-w-0 flex-1">
                          <span className="block font-medium">{action.title}</span>
                          <span className="block truncate t-small text-ink3">
                            {verdict.legal ? t(action.summary) : verdict.reason}
                          </span>
                        </span>
                      </Command.Item>
                    );
                  })}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
