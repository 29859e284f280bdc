// Catalog of Actions, on the right: groups, search, hover help, drag.
import { ChevronDown, ChevronRight, GripVertical, PanelRight, Search } from 'lucide-react';
import { useState } from 'react';
import { rootOf } from '@/callflow/document';
import { useEditorContext } from '@/editor/context';
import { useDeeds } from '@/editor/deeds';
import { useEditor } from '@/editor/store';
import { MAIN, useView } from '@/editor/view-store';
import { useTranslation } from '@/language/translate';
import { HoverHelp } from '@/ui/hover-help';
import { Tile } from '@/ui/tile';
import { type Entry, entriesOf, grouped, matchRank } from './groups';

function Marked({ text, search }: { text: string; search: string }) {
  const at = search ? text.toLowerCase().indexOf(search.toLowerCase()) : -1;
  if (at < 0) return <>{text}</>;
  return (
    <>
      {text.slice(0, at)}
      <u className="decoration-2 decoration-accent underline-offset-2">
        {text.slice(at, at + search.length)}
      </u>
      {text.slice(at + search.length)}
    </>
  );
}

function Help({ action }: { action: Entry }) {
  const { t } = useTranslation();
  const branches = { none: t('Ends here'), one: t('One way on'), keyed: t('Several branches') };
  return (
    <>
      <div className="t-title">{action.title}</div>
      <p className="mt-1 text-ink2">{t(action.summary)}</p>
      <div className="mt-2.5 flex flex-wrap gap-1.5">
        <span className="pill">{branches[action.branches]}</span>
        {action.answers && <span className="pill pill-warn">{t('Answers the call')}</span>}
      </div>
    </>
  );
}

function Item({ action, search }: { action: Entry; search: string }) {
  const { t } = useTranslation();
  const deeds = useDeeds();
  const set = useView((state) => state.set);
  const dragged = useView(
    ({ carried }) =>
      carried?.action?.name === action.name && carried.title === action.title && !carried.block,
  );
  const selection = useView((state) => state.selection);
  const lift = (event: React.DragEvent) => {
    event.dataTransfer.setData('text/plain', action.name);
    event.dataTransfer.effectAllowed = 'copy';
    setTimeout(() => set({ carried: deeds.carry(action) }));
  };
  const add = () => {
    const under = selection === null || selection === MAIN ? null : selection;
    if (under === null && rootOf(useEditor.getState().document) && selection === null) {
      useView.getState().announce(t('Choose a block first, then add after it'));
    }
    deeds.place({ under }, deeds.carry(action));
  };
  return (
    <HoverHelp help={<Help action={action} />}>
      <button
        type="button"
        data-action={action.preset ? action.title : action.name}
        draggable
        onDragStart={lift}
        onDragEnd={() => set({ carried: null, over: null })}
        onClick={add}
        aria-description={t(action.summary)}
        className={`group flex h-[34px] w-full items-center gap-2.5 rounded-control px-2 font-medium
          hover:bg-hover ${dragged ? 'bg-accent-tint text-accent-ink' : ''}`}
      >
        <Tile module={action.name} group={action.group} size="s" />
        <span className="min-w-0 flex-1 truncate">
          <Marked text={action.title} search={search} />
        </span>
        <GripVertical aria-hidden className="text-ink3 opacity-0 group-hover:opacity-100" />
      </button>
    </HoverHelp>
  );
}

function NoHit({ search, clear }: { search: string; clear: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="px-4 py-8 text-center">
      <p className="font-semibold">{t('No action called “{{search}}”', { search })}</p>
      <p className="mt-1 t-small text-ink3">{t('Response sends codes such as 486 Busy Here.')}</p>
      <button type="button" className="btn btn-sm mt-3" onClick={clear}>
        {t('Clear search')}
      </button>
    </div>
  );
}

export function CatalogPanel() {
  const { t } = useTranslation();
  const { actions } = useEditorContext();
  const set = useView((state) => state.set);
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set(['basic', 'advanced']));
  const entries = entriesOf(actions);
  const hits = entries.filter((entry) => matchRank(entry, search) !== null);
  const groups = grouped(search ? hits : entries);
  const toggle = (id: string) => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  return (
    <aside
      className="flex w-[268px] flex-none flex-col border-line border-l bg-panel max-lg:hidden"
      aria-label={t('Catalog of Actions')}
    >
      <div className="panel-head">
        <h2 className="t-title flex-1">{t('Actions')}</h2>
        <button
          type="button"
          className="btn btn-ghost btn-icon btn-sm"
          aria-label={t('Hide catalog')}
          title={t('Hide catalog')}
          onClick={() => set({ catalogOpen: false })}
        >
          <PanelRight aria-hidden />
        </button>
      </div>
      <div className="px-3 pb-2">
        <div className="field field-sm">
          <Search aria-hidden />
          <input
            id="catalog-search"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            placeholder={t('Search actions')}
            aria-label={t('Search actions')}
          />
          <span className="kbd" aria-hidden>
            A
          </span>
        </div>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
        {groups.length === 0 && <NoHit search={search} clear={() => setSearch('')} />}
        {groups.map(({ group, actions: members }) => {
          const shown = search !== '' || open.has(group.id);
          const Arrow = shown ? ChevronDown : ChevronRight;
          return (
            <section key={group.id} aria-label={group.title}>
              <button
                type="button"
                aria-expanded={shown}
                onClick={() => toggle(group.id)}
                className="flex h-8 w-full items-center gap-2 rounded-control px-2 font-medium text-ink2
                  hover:bg-hover"
              >
                <Arrow aria-hidden className="!h-3.5 !w-3.5 text-ink3" />
                <span className="flex-1">{group.title}</span>
                <span className="t-small text-ink3">{members.length}</span>
              </button>
              {shown && members.map((one) => <Item key={one.title} action={one} search={search} />)}
            </section>
          );
        })}
      </div>
      <div className="border-line border-t px-4 py-2.5 t-small text-ink3">
        {t('Drag onto the diagram, or press')} <span className="kbd">+</span>
      </div>
    </aside>
  );
}
