// A revision as it was, with the path that a call took through it. To look at only.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronRight, Eye, Pencil } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import { revisionQuery } from '@/api/queries';
import { path, request } from '@/api/request';
import type { Call } from '@/api/types';
import { withIds } from '@/callflow/block-ids';
import { userOf } from '@/calls/calls';
import { Diagram } from '@/canvas/diagram';
import { useTranslation } from '@/language/translate';
import { pathMarks } from '@/simulate/path-marks';
import { Steps } from '@/simulate/steps';
import { useEditorContext } from './context';
import { resetView, useView } from './view-store';

const Pops = lazy(() => import('@/pops/pops'));

const callQuery = (account: string, call: string) => ({
  queryKey: [account, 'calls', 'one', call],
  queryFn: async () => (await request<Call>(path`/accounts/${account}/calls/${call}`)).value,
});

function CallHead({ call }: { call: Call }) {
  const { t, language } = useTranslation();
  const when = new Date(call.started_ms).toLocaleString(language);
  return (
    <div className="border-line border-b px-4 py-3">
      <h2 className="t-strong">
        {t('{{from}} called {{to}}', { from: userOf(call.from), to: userOf(call.to) })}
      </h2>
      <p className="t-small text-ink3">{when}</p>
      <p className="mt-1.5">
        {call.complete ? (
          <span className="pill">
            <b>{call.code}</b> {call.phrase}
          </span>
        ) : (
          <span className="pill pill-live">
            <span className="dot" />
            {t('In progress')}
          </span>
        )}
      </p>
    </div>
  );
}

interface Props {
  id: string;
  revision: number;
  call?: string | undefined;
}

export default function RevisionPage({ id, revision, call: callId }: Props) {
  const { t } = useTranslation();
  const { account, actions } = useEditorContext();
  const pop = useView((state) => state.pop);
  const { data: loaded, error } = useQuery(revisionQuery(account, id, revision));
  const { data: call, error: noCall } = useQuery({
    ...callQuery(account, callId ?? ''),
    enabled: callId !== undefined,
  });
  const document = useMemo(() => loaded && withIds({ ...loaded.document, id }), [loaded, id]);
  const marks = useMemo(
    () => (document && call ? pathMarks(document, call.path) : undefined),
    [document, call],
  );
  useEffect(resetView, []);
  const problem = error ?? noCall;
  return (
    <>
      <main className="relative flex min-w-0 flex-1 flex-col" aria-label={t('Callflow')}>
        <header className="panel-head !gap-1.5 border-line border-b bg-panel">
          <Link to="/callflows" className="text-ink3 max-lg:hidden">
            {t('Callflows')}
          </Link>
          <ChevronRight aria-hidden className="!h-3.5 !w-3.5 text-ink3 max-lg:hidden" />
          <h1 className="truncate font-semibold text-[14px]">{document?.name || t('No name')}</h1>
          <span className="pill">
            <Eye aria-hidden className="!h-3.5 !w-3.5" />
            {t('Version {{version}}', { version: revision })}
          </span>
          <Link to="/callflows/$id" params={{ id }} className="btn ml-auto">
            <Pencil aria-hidden />
            {t('Latest version')}
          </Link>
        </header>
        <div className="relative min-h-0 flex-1">
          {problem && <p className="p-8 text-center text-ink2">{problem.message}</p>}
          {document && actions.length > 0 && <Diagram document={document} marks={marks} readOnly />}
        </div>
      </main>
      {call && document && (
        <aside
          className="flex w-[320px] flex-none flex-col border-line border-l bg-panel max-lg:hidden"
          aria-label={t('Path')}
        >
          <CallHead call={call} />
          <div className="min-h-0 flex-1 overflow-y-auto p-2">
            <Steps path={call.path} document={document} call={call.id} />
          </div>
          <p className="border-line border-t px-4 py-2.5">
            <Link to="/calls" className="btn btn-link">
              {t('All calls')}
            </Link>
          </p>
        </aside>
      )}
      {pop && (
        <Suspense fallback={null}>
          <Pops />
        </Suspense>
      )}
    </>
  );
}
