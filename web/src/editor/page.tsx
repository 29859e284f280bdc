// The Callflow Configurator.
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { ReactFlowProvider } from '@xyflow/react';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import { codesQuery } from '@/api/queries';
import { Diagram } from '@/canvas/diagram';
import { Outline } from '@/canvas/outline';
import { fitPicture } from '@/canvas/picture';
import { CatalogPanel } from '@/catalog/catalog-panel';
import { useCompared } from '@/history/compared';
import { markDifference } from '@/history/difference-marks';
import { useTranslation } from '@/language/translate';
import { useLiveLint } from '@/lint/live-lint';
import { useLiveCalls } from '@/live/live-calls';
import { useConflict } from '@/save/conflict';
import { keepDrafts } from '@/save/drafts';
import { LeaveGuard } from '@/save/leave-guard';
import { useSaving } from '@/save/saving';
import { useAccount } from '@/session/account';
import { pathMarks } from '@/simulate/path-marks';
import { useAskedBlock } from './asked-block';
import { CallflowList } from './callflow-list';
import { Editor, useEditorContext, useLoadedContext } from './context';
import { useEditorEvents } from './events';
import { focusBlock, returnFocus } from './focus';
import { useKeyboard } from './keyboard';
import { useOpened } from './opened';
import { PhoneBar } from './phone-bar';
import { ProblemBar } from './problem-bar';
import { isDirty, useEditor } from './store';
import { TopBar } from './top-bar';
import { useWide } from './use-wide';
import { MAIN, useView } from './view-store';

const Pops = lazy(() => import('@/pops/pops'));
const Palette = lazy(() => import('./palette'));
const SimulatePanel = lazy(() => import('@/simulate/simulate-panel'));
const HistoryPanel = lazy(() => import('@/history/history-panel'));
const RevisionPage = lazy(() => import('./revision-page'));
const ConflictDialog = lazy(() => import('@/save/conflict-dialog'));

function Picture() {
  const wide = useWide();
  const { mayEdit } = useEditorContext();
  const { outline, simulation, panel } = useView();
  const document = useEditor((state) => state.document);
  const older = useCompared((state) => state.document);
  const shown = useMemo(() => {
    if (panel === 'history' && older) return { ...markDifference(older, document), readOnly: true };
    const marks = simulation ? pathMarks(document, simulation.path) : undefined;
    return { document, marks, readOnly: !mayEdit };
  }, [document, mayEdit, older, panel, simulation]);
  if (outline || !wide) return <Outline readOnly={!mayEdit} />;
  return <Diagram document={shown.document} readOnly={shown.readOnly} marks={shown.marks} />;
}

function LiveRegion() {
  const text = useView((state) => state.announcement);
  return (
    <div className="sr-only" aria-live="polite" role="status">
      {text}
    </div>
  );
}

function Workbench() {
  const { t } = useTranslation();
  const { mayEdit } = useEditorContext();
  const { saveChanges } = useSaving();
  const { pop, palette, panel, catalogOpen } = useView();
  const conflict = useConflict((state) => state.conflict);
  const ways = useMemo(
    () => ({
      save: () => {
        if (mayEdit && isDirty(useEditor.getState())) void saveChanges();
      },
      fit: fitPicture,
    }),
    [mayEdit, saveChanges],
  );
  useKeyboard(ways);
  const popped = pop !== null || palette;
  useEffect(() => {
    if (popped) return returnFocus;
  }, [popped]);
  useAskedBlock();
  useQuery(codesQuery); // there when the first Response pop-up opens
  return (
    <>
      <main
        className="relative flex min-w-0 flex-1 flex-col"
        aria-label={t('Callflow Configurator')}
      >
        <TopBar />
        <div className="relative min-h-0 flex-1">
          <Picture />
          <ProblemBar />
        </div>
        <PhoneBar />
      </main>
      {mayEdit && panel === 'none' && catalogOpen && <CatalogPanel />}
      <Suspense fallback={null}>
        {panel === 'simulate' && <SimulatePanel />}
        {panel === 'history' && <HistoryPanel />}
        {pop && <Pops />}
        {palette && <Palette save={ways.save} fit={ways.fit} />}
        {conflict && <ConflictDialog />}
      </Suspense>
      <LeaveGuard />
      <LiveRegion />
    </>
  );
}

function Configurator({ id, block }: { id: string; block: string | undefined }) {
  const { t } = useTranslation();
  const panel = useView((state) => state.panel);
  const { account, actions } = useEditorContext();
  const { ready, missing } = useOpened(account, id);
  useLiveLint(account);
  useLiveCalls(account, id);
  useEditorEvents(account, id);
  useEffect(() => keepDrafts(account), [account]);
  const there = ready && actions.length > 0;
  useEffect(() => {
    if (there && block) focusBlock(block);
  }, [there, block]);
  return (
    <>
      {ready && <SkipLink />}
      {panel === 'none' && <CallflowList />}
      {there && <Workbench key={id} />}
      {missing && (
        <main className="grid flex-1 place-items-center text-ink2">
          {t('There is no such callflow.')}
        </main>
      )}
    </>
  );
}

// Past the list of callflows, which can be long.
function SkipLink() {
  const { t } = useTranslation();
  return (
    <button type="button" className="skip-link" onClick={() => focusBlock(MAIN)}>
      {t('Go to the diagram')}
    </button>
  );
}

export default function EditorPage() {
  const { id = '' } = useParams({ strict: false });
  const { block, revision, call } = useSearch({ strict: false });
  const context = useLoadedContext(useAccount().id);
  return (
    <Editor.Provider value={context}>
      <ReactFlowProvider>
        {revision === undefined ? (
          <Configurator id={id} block={block} />
        ) : (
          <Suspense fallback={null}>
            <RevisionPage key={`${id} ${revision}`} id={id} revision={revision} call={call} />
          </Suspense>
        )}
      </ReactFlowProvider>
    </Editor.Provider>
  );
}
