// Who rings together.
import { Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useServerEvents } from '@/api/events';
import type { RingGroupSummary } from '@/api/office';
import { usePages } from '@/api/pages';
import { path } from '@/api/request';
import { useTranslation } from '@/language/translate';
import { OfficeFrame } from '@/seats/office-frame';
import { useChosen } from '@/seats/use-chosen';
import { useAccount, useMay } from '@/session/account';
import { LookOnly } from '@/session/look-only';
import { NothingYet } from '@/ui/nothing-yet';
import { type Column, PagedTable } from '@/ui/paged-table';
import { SearchField } from '@/ui/search-field';
import { RingGroupPanel } from './ring-group-panel';
import { useStrategyWords } from './strategies';

const NewRingGroupDialog = lazy(() => import('./new-ring-group-dialog'));

function useColumns(
  chosen: string | null,
  choose: (id: string) => void,
): Column<RingGroupSummary>[] {
  const { t } = useTranslation();
  const words = useStrategyWords();
  return [
    {
      title: t('Name'),
      look: 'max-w-0 w-1/2',
      cell: (group) => (
        <button
          type="button"
          className="max-w-full truncate text-left font-medium"
          aria-expanded={group.id === chosen}
          onClick={() => choose(group.id)}
        >
          {group.name || group.id}
        </button>
      ),
    },
    { title: t('Strategy'), from: 'sm', cell: (group) => words[group.strategy]?.name },
    { title: t('Members'), look: 'tabular-nums', cell: (group) => group.endpoints },
    {
      title: t('Used by'),
      from: 'lg',
      look: 'text-ink2 tabular-nums',
      cell: (group) => group.used_by ?? 0,
    },
  ];
}

export default function RingGroupsPage() {
  const { t } = useTranslation();
  const account = useAccount().id;
  const may = useMay();
  useServerEvents(account);
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useChosen('/ring-groups/{-$id}');
  const [adding, setAdding] = useState(false);
  const to = path`/accounts/${account}/ring_groups`;
  const pages = usePages<RingGroupSummary>([account, 'ring_groups'], to, { search });
  const columns = useColumns(chosen, setChosen);
  const add = may.edit && (
    <button type="button" className="btn btn-primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden />
      {t('New ring group')}
    </button>
  );
  return (
    <OfficeFrame deeds={add} note={<LookOnly />}>
      <div className="flex min-h-0 flex-1">
        <div className="min-w-0 flex-1 overflow-y-auto">
          <div className="px-6 py-4 max-sm:px-4">
            <SearchField label={t('Search ring groups')} onSearch={setSearch} />
          </div>
          <PagedTable
            label={t('Ring groups')}
            pages={pages}
            columns={columns}
            keyOf={(group) => group.id}
            chosen={chosen}
            empty={
              search ? (
                t('No ring groups found')
              ) : (
                <NothingYet title={t('No ring groups yet')}>
                  {t('A ring group rings several seats and phones for one call.')}
                </NothingYet>
              )
            }
          />
        </div>
        {chosen && (
          <RingGroupPanel
            key={chosen}
            id={chosen}
            account={account}
            close={() => setChosen(null)}
          />
        )}
      </div>
      {adding && (
        <Suspense fallback={null}>
          <NewRingGroupDialog
            account={account}
            close={(made) => {
              setAdding(false);
              if (made) setChosen(made);
            }}
          />
        </Suspense>
      )}
    </OfficeFrame>
  );
}
