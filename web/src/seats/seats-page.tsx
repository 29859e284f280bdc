// Who works here, and whether their phones are registered.
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useServerEvents } from '@/api/events';
import { devicesQuery, registrationsQuery, type SeatSummary } from '@/api/office';
import { usePages, useShown } from '@/api/pages';
import { readAll } from '@/api/queries';
import { path } from '@/api/request';
import { useTranslation } from '@/language/translate';
import { useAccount, useMay } from '@/session/account';
import { LookOnly } from '@/session/look-only';
import { NothingYet } from '@/ui/nothing-yet';
import { type Column, PagedTable } from '@/ui/paged-table';
import { SearchField } from '@/ui/search-field';
import { StateFilter } from '@/ui/state-filter';
import { ExportButton } from './export-button';
import { OfficeFrame } from './office-frame';
import { SeatPanel } from './seat-panel';
import { StatePill, useStateWords } from './state-pill';
import { registeredDevices, registeredSeats, type SeatState, stateOf } from './states';
import { useChosen } from './use-chosen';

const NewSeatDialog = lazy(() => import('./new-seat-dialog'));

function useRegisteredSeats(account: string): Set<string> {
  const { data: devices } = useQuery(devicesQuery(account));
  const { data: registrations } = useQuery(registrationsQuery(account));
  return useMemo(
    () => registeredSeats(devices ?? [], registeredDevices(registrations ?? [])),
    [devices, registrations],
  );
}

function useColumns(
  registered: ReadonlySet<string>,
  chosen: string | null,
  choose: (id: string) => void,
): Column<SeatSummary>[] {
  const { t } = useTranslation();
  return [
    {
      title: t('Name'),
      look: 'max-w-0 w-1/2',
      cell: (seat) => (
        <button
          type="button"
          className="max-w-full text-left"
          aria-expanded={seat.id === chosen}
          onClick={() => choose(seat.id)}
        >
          <span className="block truncate font-medium">{seat.name || seat.id}</span>
          <span className="block truncate t-small text-ink3">{seat.email}</span>
        </button>
      ),
    },
    { title: t('Extension'), look: 'tabular-nums', cell: (seat) => seat.extension },
    { title: t('State'), cell: (seat) => <StatePill state={stateOf(seat, registered)} /> },
    {
      title: t('Phones'),
      from: 'lg',
      look: 'text-ink2 tabular-nums',
      cell: (seat) => seat.devices,
    },
    {
      title: t('Used by'),
      from: 'lg',
      look: 'text-ink2 tabular-nums',
      cell: (seat) => seat.used_by ?? 0,
    },
  ];
}

export default function SeatsPage() {
  const { t } = useTranslation();
  const account = useAccount().id;
  const may = useMay();
  useServerEvents(account);
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useChosen('/seats/{-$id}');
  const [adding, setAdding] = useState(false);
  const to = path`/accounts/${account}/seats`;
  const all = usePages<SeatSummary>([account, 'seats'], to, { search });
  const registered = useRegisteredSeats(account);
  const words = useStateWords();
  const [filter, setFilter] = useState<SeatState | 'all'>('all');
  const shows = (seat: SeatSummary) => filter === 'all' || stateOf(seat, registered) === filter;
  const pages = useShown(all, filter === 'all' ? null : shows);
  const columns = useColumns(registered, chosen, setChosen);
  const add = may.administer && (
    <button type="button" className="btn btn-primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden />
      {t('New seat')}
    </button>
  );
  return (
    <OfficeFrame deeds={add} note={<LookOnly need="administer" />}>
      <div className="flex min-h-0 flex-1">
        <div className="min-w-0 flex-1 overflow-y-auto">
          <div className="flex flex-wrap items-center gap-2 px-6 py-4 max-sm:px-4">
            <SearchField
              label={t('Search seats')}
              hint={t('Name, extension or e-mail')}
              onSearch={setSearch}
            />
            <StateFilter words={words} chosen={filter} choose={setFilter} />
            <span className="flex-1" />
            <ExportButton
              registered={registered}
              load={async () => {
                const found = await readAll<SeatSummary>(to, undefined, { search });
                return found.filter(shows);
              }}
            />
          </div>
          <PagedTable
            label={t('Seats')}
            pages={pages}
            columns={columns}
            keyOf={(seat) => seat.id}
            chosen={chosen}
            empty={
              search || filter !== 'all' ? (
                t('No seats found')
              ) : (
                <NothingYet title={t('No seats yet')}>
                  {t(
                    'A seat is somebody with a phone, an extension, and a callflow that rings it.',
                  )}
                </NothingYet>
              )
            }
          />
        </div>
        {chosen && (
          <SeatPanel key={chosen} id={chosen} account={account} close={() => setChosen(null)} />
        )}
      </div>
      {adding && (
        <Suspense fallback={null}>
          <NewSeatDialog
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
