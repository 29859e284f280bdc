// Who answers what.
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServerEvents } from '@/api/events';
import { usePages } from '@/api/pages';
import { path } from '@/api/request';
import type { NumberEntry } from '@/api/types';
import { plainNumber, shownNumber } from '@/callflow/numbers';
import { useAccount } from '@/session/account';
import { Page } from '@/ui/page';
import { type Column, PagedTable } from '@/ui/paged-table';
import { SearchField } from '@/ui/search-field';

function Answer({ one }: { one: NumberEntry }) {
  const { t } = useTranslation();
  if (!one.callflow) return <span className="pill">{t('Spare')}</span>;
  return (
    <span className="flex items-center gap-2">
      <Link
        to="/callflows/$id"
        params={{ id: one.callflow }}
        className="font-medium text-accent-ink hover:underline"
      >
        {one.callflow_name || one.callflow}
      </Link>
      {one.live === false && <span className="pill pill-warn">{t('Draft only')}</span>}
    </span>
  );
}

export default function NumbersPage() {
  const { t } = useTranslation();
  const account = useAccount();
  useServerEvents(account.id);
  const [search, setSearch] = useState('');
  const pages = usePages<NumberEntry>(
    [account.id, 'numbers'],
    path`/accounts/${account.id}/numbers`,
    { search: plainNumber(search) },
  );
  const kinds: Record<NumberEntry['kind'], string> = {
    extension: t('Extension'),
    phone: t('Phone number'),
    pattern: t('Pattern'),
    no_match: t('Everything else'),
  };
  const columns: Column<NumberEntry>[] = [
    {
      title: t('Number'),
      cell: (one) => shownNumber(one.number),
      look: 'font-medium tabular-nums',
    },
    { title: t('Kind'), cell: (one) => kinds[one.kind], look: 'text-ink2' },
    { title: t('Answered by'), cell: (one) => <Answer one={one} /> },
  ];
  return (
    <Page title={t('Numbers')}>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="px-6 py-4">
          <SearchField
            label={t('Search numbers')}
            hint={t('Number or callflow')}
            onSearch={setSearch}
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
    </Page>
  );
}
