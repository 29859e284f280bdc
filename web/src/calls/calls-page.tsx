// Calls, newest first, each with its path and its SIP messages.
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServerEvents } from '@/api/events';
import { usePages } from '@/api/pages';
import { path } from '@/api/request';
import type { Call } from '@/api/types';
import { minutes } from '@/callflow/face';
import { plainNumber, shownNumber } from '@/callflow/numbers';
import { useLoadedContext } from '@/editor/context';
import { useAccount } from '@/session/account';
import { Page } from '@/ui/page';
import { type Column, PagedTable } from '@/ui/paged-table';
import { SearchField } from '@/ui/search-field';
import { CallDetail } from './call-detail';

export function userOf(uri: string): string {
  const match = /sips?:([^@;>]+)@/.exec(uri);
  return match?.[1] ? shownNumber(decodeURIComponent(match[1])) : uri;
}

function Result({ call }: { call: Call }) {
  const { t } = useTranslation();
  if (call.disposition === 'running') {
    return (
      <span className="pill pill-live">
        <span className="dot" />
        {t('In progress')}
      </span>
    );
  }
  const tone = call.disposition === 'abandoned' || call.disposition === 'failed' ? 'pill-warn' : '';
  return (
    <span className={`pill ${tone} max-w-52`}>
      <b>{call.code || '–'}</b> <span className="truncate">{call.phrase}</span>
    </span>
  );
}

export default function CallsPage() {
  const { t, i18n } = useTranslation();
  const account = useAccount();
  useServerEvents(account.id);
  const { catalog } = useLoadedContext(account.id);
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<string | null>(null);
  const pages = usePages<Call>([account.id, 'calls'], path`/accounts/${account.id}/calls`, {
    search: plainNumber(search),
  });
  const live = pages.rows.filter((one) => one.disposition === 'running').length;
  const titleOf = (module: string | undefined) =>
    module ? (catalog.get(module)?.title ?? module) : '–';
  const columns: Column<Call>[] = [
    {
      title: t('Time'),
      cell: (call) => {
        const shown = open === call.id;
        const Arrow = shown ? ChevronDown : ChevronRight;
        return (
          <button
            type="button"
            className="flex items-center gap-2 tabular-nums"
            aria-expanded={shown}
            onClick={() => setOpen(shown ? null : call.id)}
          >
            <Arrow aria-hidden className="!h-3.5 !w-3.5 text-ink3" />
            {new Date(call.started_ms).toLocaleTimeString(i18n.language)}
          </button>
        );
      },
    },
    {
      title: t('Caller'),
      cell: (call) => userOf(call.from),
      look: 'font-medium tabular-nums',
    },
    { title: t('Called'), cell: (call) => userOf(call.to), look: 'tabular-nums' },
    {
      title: t('Callflow'),
      cell: (call) => call.callflow_name || call.callflow,
      from: 'lg',
      look: 'text-ink2',
    },
    {
      title: t('Last block'),
      cell: (call) => titleOf(call.path.at(-1)?.module),
      from: 'lg',
      look: 'text-ink2',
    },
    {
      title: t('Length'),
      cell: (call) => minutes((call.ended_ms ?? Date.now()) - call.started_ms),
      from: 'sm',
      look: 'tabular-nums',
    },
    { title: t('Result'), cell: (call) => <Result call={call} /> },
  ];
  const note = live > 0 && (
    <span className="pill pill-live">
      <span className="dot" />
      {t('{{count}} in progress', { count: live })}
    </span>
  );
  return (
    <Page title={t('Calls')} note={note}>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="px-6 py-4">
          <SearchField
            label={t('Search calls')}
            hint={t('Number, name, code or Call-ID')}
            onSearch={setSearch}
          />
        </div>
        <PagedTable
          label={t('Calls')}
          pages={pages}
          columns={columns}
          keyOf={(call) => call.id}
          empty={t('No calls found')}
          chosen={open}
          below={(call) => <CallDetail call={call} />}
        />
      </div>
    </Page>
  );
}
