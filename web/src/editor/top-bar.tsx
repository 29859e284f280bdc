// Name, state, undo, zoom, panels, Save.
import { Link } from '@tanstack/react-router';
import { useStore as useFlowStore, useReactFlow } from '@xyflow/react';
import {
  ChevronLeft,
  ChevronRight,
  Ellipsis,
  History,
  ListTree,
  Maximize,
  Minus,
  PanelRight,
  Play,
  Plus,
  Redo2,
  Undo2,
} from 'lucide-react';
import { lazy } from 'react';
import { fitPicture } from '@/canvas/picture';
import { useTranslation } from '@/language/translate';
import { NoteButton } from '@/save/note-button';
import { SaveButton } from '@/save/save-button';
import { useChangeCount } from '@/save/saving';
import { LookOnly } from '@/session/look-only';
import { OnDemand } from '@/ui/on-demand';
import { useEditorContext } from './context';
import { useDeeds } from './deeds';
import { useEditor, useHistory } from './store';
import { useView } from './view-store';

function Pills() {
  const { t } = useTranslation();
  const { published, revision } = useEditor();
  const count = useChangeCount();
  return (
    <>
      {published > 0 ? (
        <span
          className="pill pill-ok"
          title={t('Version {{version}} takes calls', { version: published })}
        >
          <span className="dot" />
          {t('Live v{{version}}', { version: published })}
        </span>
      ) : (
        <span className="pill">{t('Not live')}</span>
      )}
      {revision > published && published > 0 && (
        <span className="pill pill-warn">{t('Draft v{{version}}', { version: revision })}</span>
      )}
      {count > 0 && <span className="pill pill-warn">{t('{{count}} changes', { count })}</span>}
    </>
  );
}

function Zoom() {
  const { t } = useTranslation();
  const flow = useReactFlow();
  const zoom = useFlowStore((state) => state.transform[2]);
  return (
    <span className="flex items-center max-lg:hidden">
      <button
        type="button"
        className="btn btn-ghost btn-icon btn-sm @max-3xl/bar:hidden"
        aria-label={t('Zoom out')}
        onClick={() => flow.zoomOut()}
      >
        <Minus aria-hidden />
      </button>
      <span
        className="w-[42px] text-center font-medium text-[12px] text-ink2 tabular-nums
          @max-3xl/bar:hidden"
      >
        {Math.round(zoom * 100)} %
      </span>
      <button
        type="button"
        className="btn btn-ghost btn-icon btn-sm @max-3xl/bar:hidden"
        aria-label={t('Zoom in')}
        onClick={() => flow.zoomIn()}
      >
        <Plus aria-hidden />
      </button>
      <button
        type="button"
        className="btn btn-ghost btn-icon btn-sm"
        aria-label={t('Fit to screen')}
        title={`${t('Fit to screen')}  F`}
        onClick={fitPicture}
      >
        <Maximize aria-hidden />
      </button>
    </span>
  );
}

function UndoRedo() {
  const { t } = useTranslation();
  const deeds = useDeeds();
  const past = useHistory((state) => state.pastStates.length);
  const future = useHistory((state) => state.futureStates.length);
  return (
    <>
      <button
        type="button"
        className="btn btn-ghost btn-icon"
        aria-label={t('Undo')}
        title={`${t('Undo')}  Ctrl+Z`}
        disabled={past === 0}
        onClick={() => deeds.undo()}
      >
        <Undo2 aria-hidden />
      </button>
      <button
        type="button"
        className="btn btn-ghost btn-icon"
        aria-label={t('Redo')}
        title={`${t('Redo')}  Ctrl+Shift+Z`}
        disabled={future === 0}
        onClick={() => deeds.redo()}
      >
        <Redo2 aria-hidden />
      </button>
    </>
  );
}

const MoreMenu = lazy(() => import('./more-menu'));
const MORE = 'btn btn-ghost btn-icon';
const DOTS = <Ellipsis aria-hidden />;

const Rule = () => <span className="mx-1 h-5 w-px flex-none bg-line max-lg:hidden" />;

export function TopBar() {
  const { t } = useTranslation();
  const name = useEditor((state) => state.document.name);
  const { panel, catalogOpen, outline, set } = useView();
  const toggle = (which: 'simulate' | 'history') =>
    set({ panel: panel === which ? 'none' : which });
  const { mayEdit } = useEditorContext();
  const rename = () => set({ pop: { kind: 'main' } });
  return (
    <header className="panel-head @container/bar relative z-30 !gap-1 border-line border-b bg-panel">
      <Link
        to="/callflows"
        className="btn btn-ghost btn-icon -ml-2 lg:hidden"
        aria-label={t('Callflows')}
      >
        <ChevronLeft aria-hidden />
      </Link>
      <nav
        aria-label={t('Breadcrumb')}
        className="flex min-w-0 flex-1 items-center gap-1.5 text-ink3"
      >
        <Link to="/callflows" className="max-2xl:hidden">
          {t('Callflows')}
        </Link>
        <ChevronRight aria-hidden className="!h-3.5 !w-3.5 max-2xl:hidden" />
        <h1
          className="min-w-12 truncate font-semibold text-[14px] text-ink leading-5"
          onDoubleClick={mayEdit ? rename : undefined}
          title={mayEdit ? t('Double click or F2 to rename') : name}
        >
          {name || t('New callflow')}
        </h1>
        <span className="flex gap-1.5 max-sm:hidden">
          <Pills />
          <LookOnly />
        </span>
      </nav>
      {mayEdit && (
        <>
          <span className="flex max-sm:hidden">
            <UndoRedo />
          </span>
          <Rule />
        </>
      )}
      {!outline && <Zoom />}
      <button
        type="button"
        className="btn btn-ghost btn-icon max-sm:hidden"
        aria-pressed={outline}
        aria-label={t('Outline')}
        title={t('Outline')}
        onClick={() => set({ outline: !outline })}
      >
        <ListTree aria-hidden />
      </button>
      <Rule />
      <button
        type="button"
        className="btn btn-ghost !px-2 max-sm:hidden"
        aria-pressed={panel === 'simulate'}
        onClick={() => toggle('simulate')}
      >
        <Play aria-hidden />
        <span className="max-xl:hidden">{t('Simulate')}</span>
      </button>
      <button
        type="button"
        className="btn btn-ghost !px-2 max-sm:hidden"
        aria-pressed={panel === 'history'}
        aria-label={t('History')}
        title={t('History')}
        onClick={() => toggle('history')}
      >
        <History aria-hidden />
        <span className="max-2xl:hidden">{t('History')}</span>
      </button>
      {mayEdit && !catalogOpen && panel === 'none' && (
        <button
          type="button"
          className="btn btn-ghost btn-icon max-lg:hidden"
          aria-label={t('Show catalog')}
          onClick={() => set({ catalogOpen: true })}
        >
          <PanelRight aria-hidden />
        </button>
      )}
      <OnDemand className={MORE} label={t('More')} face={DOTS}>
        <MoreMenu className={MORE} label={t('More')} face={DOTS} />
      </OnDemand>
      {mayEdit && <NoteButton />}
      {mayEdit && <SaveButton />}
    </header>
  );
}
