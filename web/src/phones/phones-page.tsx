// Every phone of the account: whose it is, and whether it is there.
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useServerEvents } from '@/api/events';
import {
  type DeviceSummary,
  type Registration,
  registrationsQuery,
  seatsQuery,
} from '@/api/office';
import { usePages, useShown } from '@/api/pages';
import { path } from '@/api/request';
import { useTranslation } from '@/language/translate';
import { OfficeFrame } from '@/seats/office-frame';
import { useChosen } from '@/seats/use-chosen';
import { useAccount, useMay } from '@/session/account';
import { LookOnly } from '@/session/look-only';
import { NothingYet } from '@/ui/nothing-yet';
import { type Column, PagedTable } from '@/ui/paged-table';
import { SearchField } from '@/ui/search-field';
import { StateFilter } from '@/ui/state-filter';
import { useKindWords } from './kinds';
import { SeatLink } from './owner-field';
import { OwnerFilter } from './owner-filter';
import { PhonePanel } from './phone-panel';
import { PhonePill, usePhoneStateWords } from './phone-pill';
import { contactsByDevice, type PhoneState, stateOfPhone } from './states';

const NewPhoneDialog = lazy(() => import('./new-phone-dialog'));

function useColumns(
  account: string,
  contacts: ReadonlyMap<string, Registration>,
  chosen: string | null,
  choose: (id: string) => void,
): Column<DeviceSummary>[] {
  const { t } = useTranslation();
  const words = useKindWords();
  const { data: seats } = useQuery(seatsQuery(account));
  const names = useMemo(() => new Map(seats?.map((one) => [one.id, one.name])), [seats]);
  return [
    {
      title: t('Name'),
      look: 'max-w-0 w-2/5',
      cell: (phone) => (
        <button
          type="button"
          className="block max-w-full text-left"
          aria-expanded={phone.id === chosen}
          onClick={() => choose(phone.id)}
        >
          <span className="block truncate font-medium">{phone.name || phone.id}</span>
          {phone.username && (
            <span className="block truncate t-small text-ink3">{phone.username}</span>
          )}
        </button>
      ),
    },
    {
      title: t('Belongs to'),
      look: 'max-w-0 w-1/4 truncate',
      cell: ({ owner_id }) =>
        owner_id ? (
          <SeatLink id={owner_id} name={names.get(owner_id)} />
        ) : (
          <span className="text-ink3">{t('Nobody')}</span>
        ),
    },
    {
      title: t('Kind'),
      from: 'sm',
      look: 'text-ink2',
      cell: (phone) => words[phone.device_type].name,
    },
    {
      title: t('State'),
      cell: (phone) => <PhonePill phone={phone} contact={contacts.get(phone.id)} />,
    },
    {
      title: t('Used by'),
      from: 'lg',
      look: 'text-ink2 tabular-nums',
      cell: (phone) => phone.used_by ?? 0,
    },
  ];
}

export default function PhonesPage() {
  const { t } = useTranslation();
  const account = useAccount().id;
  const may = useMay();
  useServerEvents(account);
  const [search, setSearch] = useState('');
  const [owner, setOwner] = useState('');
  const [chosen, setChosen] = useChosen('/phones/{-$id}');
  const [adding, setAdding] = useState(false);
  const to = path`/accounts/${account}/devices`;
  const all = usePages<DeviceSummary>([account, 'devices'], to, { search, owner });
  const { data: registrations } = useQuery(registrationsQuery(account));
  const contacts = useMemo(() => contactsByDevice(registrations ?? []), [registrations]);
  const states = usePhoneStateWords();
  const [filter, setFilter] = useState<PhoneState | 'all'>('all');
  const shows = (phone: DeviceSummary) => stateOfPhone(phone, contacts.get(phone.id)) === filter;
  const pages = useShown(all, filter === 'all' ? null : shows);
  const columns = useColumns(account, contacts, chosen, setChosen);
  const add = may.administer && (
    <button type="button" className="btn btn-primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden />
      {t('New phone')}
    </button>
  );
  return (
    <OfficeFrame deeds={add} note={<LookOnly need="administer" />}>
      <div className="flex min-h-0 flex-1">
        <div className="min-w-0 flex-1 overflow-y-auto">
          <div className="flex flex-wrap items-center gap-2 px-6 py-4 max-sm:px-4">
            <SearchField
              label={t('Search phones')}
              hint={t('Name, user name or seat')}
              onSearch={setSearch}
            />
            <OwnerFilter account={account} chosen={owner} choose={setOwner} />
            <StateFilter words={states} chosen={filter} choose={setFilter} />
          </div>
          <PagedTable
            label={t('Phones')}
            pages={pages}
            columns={columns}
            keyOf={(phone) => phone.id}
            chosen={chosen}
            empty={
              search || owner || filter !== 'all' ? (
                t('No phones found')
              ) : (
                <NothingYet title={t('No phones yet')}>
                  {t('A seat comes with its first phone. A door phone is nobody’s.')}
                </NothingYet>
              )
            }
          />
        </div>
        {chosen && (
          <PhonePanel key={chosen} id={chosen} account={account} close={() => setChosen(null)} />
        )}
      </div>
      {adding && (
        <Suspense fallback={null}>
          <NewPhoneDialog
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
