// Callflows on the left: search, drafts, problems.
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { CircleAlert, Plus, Search, ShieldCheck, TriangleAlert } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { callflowsQuery } from '@/api/queries';
import type { CallflowSummary } from '@/api/types';
import { plainNumber, shownNumber } from '@/callflow/numbers';
import { useTranslation } from '@/language/translate';
import { useAccount, useMay } from '@/session/account';
import { ImportButton } from './import-button';
import { useImporting } from './importing';

const ImportDialog = lazy(() => import('./import-dialog'));

type Filter = 'all' | 'drafts' | 'problems';

const isDraft = (one: CallflowSummary) => one.published !== one.revision;
const hasProblems = (one: CallflowSummary) => Boolean(one.errors || one.warnings);

function matches(one: CallflowSummary, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  if (!wanted) return true;
  const number = plainNumber(wanted);
  return (
    one.name.toLowerCase().includes(wanted) ||
    [...one.numbers, ...one.patterns].some((text) => text.includes(number))
  );
}

function State({ one }: { one: CallflowSummary }) {
  const { t } = useTranslation();
  if (one.live_calls) {
    return (
      <span
        className="pill pill-live"
        title={t('{{count}} calls here now', { count: one.live_calls })}
      >
        <span className="dot" />
        {one.live_calls}
      </span>
    );
  }
  if (one.errors) {
    return (
      <CircleAlert className="text-err" aria-label={t('{{count}} errors', { count: one.errors })} />
    );
  }
  if (one.warnings) {
    return <TriangleAlert className="text-warn" aria-label={t('Warnings')} />;
  }
  if (one.published === 0) return <span className="pill">{t('Draft')}</span>;
  return null;
}

function Row({ one }: { one: CallflowSummary }) {
  const { t } = useTranslation();
  const numbers = one.numbers.map(shownNumber).slice(0, 2).join(' · ');
  const used = one.used_by ? t('Used by {{count}} callflows', { count: one.used_by }) : '';
  return (
    <li>
      <Link
        to="/callflows/$id"
        params={{ id: one.id }}
        className="flow-row"
        activeProps={{ 'aria-current': 'true' }}
      >
        <span className="min-w-0 flex-1">
          <span className="flow-name block truncate font-medium">{one.name || t('No name')}</span>
          <span className="block truncate t-small text-ink3 tabular-nums">
            {numbers || used || t('No numbers yet')}
          </span>
        </span>
        <State one={one} />
      </Link>
    </li>
  );
}

export function CallflowList({ wide = false }: { wide?: boolean }) {
  const { t } = useTranslation();
  const account = useAccount();
  const may = useMay();
  const navigate = useNavigate();
  const importing = useImporting((state) => state.file);
  const { data = [], isLoading } = useQuery(callflowsQuery(account.id));
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<Filter>('all');
  const tabs: { id: Filter; label: string; list: CallflowSummary[] }[] = [
    { id: 'all', label: t('All'), list: data },
    { id: 'drafts', label: t('Drafts'), list: data.filter(isDraft) },
    { id: 'problems', label: t('Problems'), list: data.filter(hasProblems) },
  ];
  const shown = (tabs.find((tab) => tab.id === filter)?.list ?? data).filter((one) =>
    matches(one, search),
  );
  const create = () => navigate({ to: '/callflows/$id', params: { id: 'new' } });
  return (
    <aside
      className={`flex flex-none flex-col border-line border-r bg-panel ${
        wide ? 'w-full sm:w-[240px]' : 'w-[240px] max-lg:hidden'
      }`}
      aria-label={t('Callflows')}
    >
      <div className="panel-head">
        <h2 className="t-title flex-1">{t('Callflows')}</h2>
        {may.edit && (
          <>
            <ImportButton className="btn btn-ghost btn-icon btn-sm" />
            <button
              type="button"
              className="btn btn-icon btn-sm"
              aria-label={t('New callflow')}
              title={t('New callflow')}
              onClick={create}
            >
              <Plus aria-hidden />
            </button>
          </>
        )}
      </div>
      <div className="px-3 pb-2">
        <div className="field field-sm">
          <Search aria-hidden />
          <input
            id="callflow-search"
            value={search}
            placeholder={t('Name or number')}
            aria-label={t('Search callflows')}
            onChange={(event) => setSearch(event.target.value)}
          />
          <span className="kbd" aria-hidden>
            /
          </span>
        </div>
      </div>
      <div className="flex gap-0.5 px-3 pb-2">
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            aria-pressed={filter === tab.id}
            onClick={() => setFilter(tab.id)}
            className={`flex h-[26px] items-center gap-1.5 rounded-chip px-2 font-medium text-[12px] ${
              filter === tab.id ? 'bg-pressed' : 'text-ink3 hover:bg-hover'
            }`}
          >
            {tab.label} <span className="text-ink3">{tab.list.length}</span>
          </button>
        ))}
      </div>
      <ul className="min-h-0 flex-1 overflow-y-auto px-2 max-sm:pb-16">
        {shown.map((one) => (
          <Row key={one.id} one={one} />
        ))}
        {!isLoading && shown.length === 0 && (
          <li className="px-2 py-6 text-center text-ink3">
            {data.length === 0 ? t('No callflows yet') : t('Nothing found')}
          </li>
        )}
      </ul>
      {importing && (
        <Suspense fallback={null}>
          <ImportDialog account={account.id} file={importing} />
        </Suspense>
      )}
      <div className="flex items-center gap-2 border-line border-t px-4 py-2.5 t-small text-ink3">
        <ShieldCheck aria-hidden className="!h-3.5 !w-3.5" />
        <span>
          {t('Account')} <b className="font-medium text-ink2">{account.name || account.id}</b>
        </span>
      </div>
    </aside>
  );
}
