// The carriers of the account, and how they stand.
import { useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { usePages } from '@/api/pages';
import { path } from '@/api/request';
import { LIVE_MS, type TrunkSummary } from '@/api/trunks';
import { useTranslation } from '@/language/translate';
import { useChosen } from '@/seats/use-chosen';
import { useAccount, useMay } from '@/session/account';
import { LookOnly } from '@/session/look-only';
import { SettingsFrame } from '@/settings/settings-frame';
import { NothingYet } from '@/ui/nothing-yet';
import { type Column, PagedTable } from '@/ui/paged-table';
import { SearchField } from '@/ui/search-field';
import { TrunkPill } from './state';
import { TrunkPanel } from './trunk-panel';

const NewTrunkDialog = lazy(() => import('./new-trunk-dialog'));

function useColumns(chosen: string | null, choose: (id: string) => void): Column<TrunkSummary>[] {
  const { t } = useTranslation();
  return [
    {
      title: t('Name'),
      look: 'max-w-0 w-1/2',
      cell: (trunk) => (
        <button
          type="button"
          className="max-w-full text-left"
          aria-expanded={trunk.id === chosen}
          onClick={() => choose(trunk.id)}
        >
          <span className="block truncate font-medium">{trunk.name || trunk.id}</span>
          <span className="block truncate t-small text-ink3">{trunk.addresses.join(', ')}</span>
        </button>
      ),
    },
    {
      title: t('State'),
      cell: ({ enabled, registers, login = '', state }) => (
        <TrunkPill enabled={enabled} registers={registers} logsIn={login !== ''} state={state} />
      ),
    },
    {
      title: t('Calls'),
      look: 'tabular-nums',
      cell: ({ state, channels }) =>
        [state.calls ?? 0, channels].filter((n) => n !== undefined).join(' / '),
    },
  ];
}

export default function TrunksPage() {
  const { t } = useTranslation();
  const account = useAccount().id;
  const may = useMay();
  const cache = useQueryClient();
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useChosen('/trunks/{-$id}');
  const [adding, setAdding] = useState(false);
  // Nobody tells how registrations at carriers stand: it is asked.
  useEffect(() => {
    const again = () => void cache.invalidateQueries({ queryKey: [account, 'trunks'] });
    const timer = setInterval(again, LIVE_MS);
    return () => clearInterval(timer);
  }, [account, cache]);
  const to = path`/accounts/${account}/trunks`;
  const pages = usePages<TrunkSummary>([account, 'trunks'], to, { search });
  const columns = useColumns(chosen, setChosen);
  const add = may.administer && (
    <button type="button" className="btn btn-primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden />
      {t('New trunk')}
    </button>
  );
  return (
    <SettingsFrame deeds={add} note={<LookOnly need="administer" />}>
      <div className="flex min-h-0 flex-1">
        <div className="min-w-0 flex-1 overflow-y-auto">
          <div className="px-6 py-4 max-sm:px-4">
            <SearchField label={t('Search trunks')} onSearch={setSearch} />
          </div>
          <PagedTable
            label={t('Trunks')}
            pages={pages}
            columns={columns}
            keyOf={(trunk) => trunk.id}
            chosen={chosen}
            empty={
              search ? (
                t('No trunks found')
              ) : (
                <NothingYet title={t('No trunks yet')}>
                  {t('A trunk is a carrier: it brings calls from outside, and takes yours.')}
                </NothingYet>
              )
            }
          />
        </div>
        {chosen && (
          <TrunkPanel key={chosen} id={chosen} account={account} close={() => setChosen(null)} />
        )}
      </div>
      {adding && (
        <Suspense fallback={null}>
          <NewTrunkDialog
            account={account}
            close={(made) => {
              setAdding(false);
              if (made) setChosen(made);
            }}
          />
        </Suspense>
      )}
    </SettingsFrame>
  );
}
