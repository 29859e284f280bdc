// Who answers what.
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useServerEvents } from '@/api/events';
import { usePages } from '@/api/pages';
import { path } from '@/api/request';
import type { NumberEntry } from '@/api/types';
import { plainNumber, shownNumber } from '@/callflow/numbers';
import { useTranslation } from '@/language/translate';
import { useAccount } from '@/session/account';
import { LookOnly } from '@/session/look-only';
import { Choice } from '@/ui/choice';
import { Page } from '@/ui/page';
import { type Column, PagedTable } from '@/ui/paged-table';
import { SearchField } from '@/ui/search-field';
import { NumberDeeds } from './number-deeds';
import { type Opened, PageDeeds } from './page-deeds';

const AddNumberDialog = lazy(() => import('./add-number-dialog'));
const AssignDialog = lazy(() => import('./assign-dialog'));
const FreeExtensionDialog = lazy(() => import('./free-extension-dialog'));
const WhatIfPanel = lazy(() => import('./what-if-panel'));

function Answer({ one }: { one: NumberEntry }) {
  const { t } = useTranslation();
  if (!one.callflow) return <span className="pill">{t('Spare')}</span>;
  return (
    <span className="flex items-center gap-2">
      <Link
        to="/callflows/$id"
        params={{ id: one.callflow }}
        className="font-medium text-accent-ink [overflow-wrap:anywhere] hover:underline"
      >
        {one.callflow_name || one.callflow}
      </Link>
      {one.live === false && <span className="pill pill-warn">{t('Draft only')}</span>}
    </span>
  );
}

function useColumns(deeds: (one: NumberEntry) => React.ReactNode): Column<NumberEntry>[] {
  const { t } = useTranslation();
  const kinds: Record<NumberEntry['kind'], string> = {
    extension: t('Extension'),
    phone: t('Phone number'),
    pattern: t('Pattern'),
    no_match: t('Everything else'),
  };
  return [
    {
      title: t('Number'),
      cell: (one) => (
        <span className={one.kind === 'pattern' ? '[overflow-wrap:anywhere]' : 'whitespace-nowrap'}>
          {shownNumber(one.number)}
        </span>
      ),
      look: 'font-medium tabular-nums',
    },
    { title: t('Kind'), from: 'sm', cell: (one) => kinds[one.kind], look: 'text-ink2' },
    { title: t('Answered by'), cell: (one) => <Answer one={one} /> },
    { title: t('Actions'), right: true, cell: deeds },
  ];
}

export default function NumbersPage() {
  const { t } = useTranslation();
  const account = useAccount().id;
  useServerEvents(account);
  const [search, setSearch] = useState('');
  const [state, setState] = useState<'all' | 'used' | 'spare'>('all');
  const [opened, setOpened] = useState<Opened | null>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const query = { search: plainNumber(search), state };
  const pages = usePages<NumberEntry>(
    [account, 'numbers'],
    path`/accounts/${account}/numbers`,
    query,
  );
  const assign = (number: string) => setOpened({ kind: 'assign', number });
  const close = () => setOpened(null);
  const columns = useColumns((one) => (
    <NumberDeeds one={one} account={account} onAsk={setAsked} onAssign={assign} />
  ));
  const deeds = <PageDeeds onAsk={() => setAsked('')} open={setOpened} />;
  return (
    <Page title={t('Numbers')} note={<LookOnly />} deeds={deeds}>
      <div className="flex min-h-0 flex-1">
        <div className="min-w-0 flex-1 overflow-y-auto">
          <div className="flex flex-wrap gap-2 px-6 py-4 max-sm:px-4">
            <SearchField
              label={t('Search numbers')}
              hint={t('Number or callflow')}
              onSearch={setSearch}
            />
            <Choice
              label={t('Show')}
              all={[
                { id: 'all', label: t('All') },
                { id: 'used', label: t('Answered') },
                { id: 'spare', label: t('Spare') },
              ]}
              chosen={state}
              choose={setState}
            />
          </div>
          <PagedTable
            label={t('Numbers')}
            pages={pages}
            columns={columns}
            keyOf={(one) => `${one.kind}${one.number}${one.callflow}`}
            empty={t('Nothing found')}
          />
        </div>
        <Suspense fallback={null}>
          {asked !== null && (
            <WhatIfPanel
              key={asked}
              account={account}
              number={asked}
              close={() => setAsked(null)}
            />
          )}
        </Suspense>
      </div>
      <Suspense fallback={null}>
        {opened?.kind === 'add' && <AddNumberDialog account={account} close={close} />}
        {opened?.kind === 'free' && (
          <FreeExtensionDialog account={account} close={close} onFound={assign} />
        )}
        {opened?.kind === 'assign' && (
          <AssignDialog account={account} number={opened.number} close={close} />
        )}
      </Suspense>
    </Page>
  );
}
