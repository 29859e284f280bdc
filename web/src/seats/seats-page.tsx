// Who works here, and whether their phones are registered.
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServerEvents } from '@/api/events';
import { devicesQuery, registrationsQuery, type SeatSummary } from '@/api/office';
import { usePages } from '@/api/pages';
import { path } from '@/api/request';
import { useAccount, useMay } from '@/session/account';
import { LookOnly } from '@/session/look-only';
import { NothingYet } from '@/ui/nothing-yet';
import { type Column, PagedTable } from '@/ui/paged-table';
import { SearchField } from '@/ui/search-field';
import { OfficeFrame } from './office-frame';
import { SeatPanel } from './seat-panel';
import { registeredDevices, registeredSeats, type SeatState, stateOf } from './states';

const NewSeatDialog = lazy(() => import('./new-seat-dialog'));

const TONES: Record<SeatState, string> = {
  ready: 'pill-ok',
  dnd: 'pill-warn',
  forwarded: 'pill-warn',
  disabled: 'pill-err',
  offline: '',
  no_phone: '',
};

function State({ state }: { state: SeatState }) {
  const { t } = useTranslation();
  const words: Record<SeatState, string> = {
    ready: t('Ready'),
    dnd: t('Do not disturb'),
    forwarded: t('Forwarded'),
    disabled: t('Disabled'),
    offline: t('Offline'),
    no_phone: t('No phone'),
  };
  return (
    <span className={`pill ${TONES[state]}`}>
      {state === 'ready' && <span className="dot" aria-hidden />}
      {words[state]}
    </span>
  );
}

function useRegisteredSeats(account: string): Set<string> {
  const { data: devices } = useQuery(devicesQuery(account));
  const { data: registrations } = useQuery(registrationsQuery(account));
  return useMemo(
    () => registeredSeats(devices ?? [], registeredDevices(registrations ?? [])),
    [devices, registrations],
  );
}

function useColumns(
  account: string,
  chosen: string | null,
  choose: (id: string) => void,
): Column<SeatSummary>[] {
  const { t } = useTranslation();
  const registered = useRegisteredSeats(account);
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
    { title: t('State'), cell: (seat) => <State state={stateOf(seat, registered)} /> },
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
  const [chosen, setChosen] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const to = path`/accounts/${account}/seats`;
  const pages = usePages<SeatSummary>([account, 'seats'], to, { search });
  const columns = useColumns(account, chosen, setChosen);
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
          <div className="px-6 py-4 max-sm:px-4">
            <SearchField
              label={t('Search seats')}
              hint={t('Name, extension or e-mail')}
              onSearch={setSearch}
            />
          </div>
          <PagedTable
            label={t('Seats')}
            pages={pages}
            columns={columns}
            keyOf={(seat) => seat.id}
            chosen={chosen}
            empty={
              search ? (
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
