// The Callflow Configurator.
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { ReactFlowProvider } from '@xyflow/react';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callflowQuery, codesQuery } from '@/api/queries';
import { ApiProblem } from '@/api/request';
import { Diagram } from '@/canvas/diagram';
import { Outline } from '@/canvas/outline';
import { fitPicture } from '@/canvas/picture';
import { CatalogPanel } from '@/catalog/catalog-panel';
import { useCompared } from '@/history/compared';
import { markDifference } from '@/history/difference-marks';
import { useLiveLint } from '@/lint/live-lint';
import { useLiveCallsOf } from '@/live/live-calls';
import { keepDrafts, readDraft } from '@/save/drafts';
import { LeaveGuard } from '@/save/leave-guard';
import { useConflict, useSaving } from '@/save/saving';
import { useAccount } from '@/session/account';
import { pathMarks } from '@/simulate/path-marks';
import { clearToasts, toast } from '@/ui/toasts';
import { useAskedBlock } from './asked-block';
import { CallflowList } from './callflow-list';
import { Editor, useLoadedContext } from './context';
import { useKeyboard } from './keyboard';
import { PhoneBar } from './phone-bar';
import { ProblemBar } from './problem-bar';
import { isDirty, useEditor } from './store';
import { TopBar } from './top-bar';
import { useWide } from './use-wide';
import { resetView, useView } from './view-store';

const Pops = lazy(() => import('@/pops/pops'));
const Palette = lazy(() => import('./palette'));
const SimulatePanel = lazy(() => import('@/simulate/simulate-panel'));
const HistoryPanel = lazy(() => import('@/history/history-panel'));
const ConflictDialog = lazy(() => import('@/save/conflict-dialog'));

function Picture() {
  const wide = useWide();
  const { outline, simulation, panel } = useView();
  const document = useEditor((state) => state.document);
  const older = useCompared((state) => state.document);
  const shown = useMemo(() => {
    if (panel === 'history' && older) return { ...markDifference(older, document), readOnly: true };
    const marks = simulation ? pathMarks(document, simulation) : undefined;
    return { document, marks, readOnly: false };
  }, [document, older, panel, simulation]);
  if (outline || !wide) return <Outline />;
  return (
    <Diagram
      document={shown.document}
      readOnly={shown.readOnly}
      {...(shown.marks ? { marks: shown.marks } : {})}
    />
  );
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
  const { saveChanges } = useSaving();
  const { pop, palette, panel, catalogOpen } = useView();
  const conflict = useConflict((state) => state.conflict);
  const ways = useMemo(
    () => ({
      save: () => {
        if (isDirty(useEditor.getState())) void saveChanges();
      },
      fit: fitPicture,
    }),
    [saveChanges],
  );
  useKeyboard(ways);
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
      {panel === 'none' && catalogOpen && <CatalogPanel />}
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

// Puts the callflow of the address into the store; with the draft of last time, if there is one.
function useOpened(account: string, id: string): { ready: boolean; missing: boolean } {
  const { t } = useTranslation();
  const fresh = id === 'new';
  const { data, error } = useQuery({ ...callflowQuery(account, id), enabled: !fresh });
  const [opened, setOpened] = useState('');
  useEffect(() => {
    if (opened === id) return;
    if (opened === 'new' && useEditor.getState().id === id) {
      setOpened(id); // saved for the first time: it is open already
      return;
    }
    if (!fresh && data?.value.id !== id) return;
    const draft = readDraft(account, fresh ? null : id);
    resetView();
    clearToasts();
    if (fresh) useEditor.getState().openNew(draft?.document);
    else if (data) useEditor.getState().open(data.value, data.etag, draft?.document);
    setOpened(id);
    if (!draft || !isDirty(useEditor.getState())) return;
    const { saved } = useEditor.getState();
    const drop = { label: t('Drop them'), run: () => useEditor.getState().change(saved) };
    toast({ tone: 'neutral', title: t('Your unsaved changes are back'), action: drop });
  }, [account, data, fresh, id, opened, t]);
  const missing = error instanceof ApiProblem && error.status === 404;
  return { ready: opened === id, missing };
}

export default function EditorPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams({ strict: false });
  const panel = useView((state) => state.panel);
  const account = useAccount();
  const context = useLoadedContext(account.id);
  const { ready, missing } = useOpened(account.id, id);
  useLiveLint(account.id);
  useLiveCallsOf(account.id, id);
  useEffect(() => keepDrafts(account.id), [account.id]);
  return (
    <Editor.Provider value={context}>
      <ReactFlowProvider>
        {panel === 'none' && <CallflowList />}
        {ready && context.actions.length > 0 && <Workbench key={id} />}
        {missing && (
          <main className="grid flex-1 place-items-center text-ink2">
            {t('There is no such callflow.')}
          </main>
        )}
      </ReactFlowProvider>
    </Editor.Provider>
  );
}
