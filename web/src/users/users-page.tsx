// Who may do what.
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { usePages } from '@/api/pages';
import { sessionQuery } from '@/api/queries';
import type { User } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { useChosen } from '@/seats/use-chosen';
import { useAccount, useMay } from '@/session/account';
import { LookOnly } from '@/session/look-only';
import { useRoleWords } from '@/session/roles';
import { SettingsFrame } from '@/settings/settings-frame';
import { type Column, PagedTable } from '@/ui/paged-table';
import { SearchField } from '@/ui/search-field';
import { useTimeWords } from '@/ui/time-words';
import { UserPanel } from './user-panel';

const NewUserDialog = lazy(() => import('./new-user-dialog'));

function Rights({ user }: { user: User }) {
  const { t } = useTranslation();
  const words = useRoleWords();
  const here = useAccount().id;
  if (user.system) return <span className="pill">{t('System administrator')}</span>;
  const role = user.roles[here];
  const others = Object.keys(user.roles).filter((id) => id !== here).length;
  return (
    <>
      {role ? words[role].name : <span className="text-ink3">{t('No access')}</span>}
      {others > 0 && (
        <span className="ml-2 t-small text-ink3">
          {t('+ {{count}} accounts', { count: others })}
        </span>
      )}
    </>
  );
}

function useColumns(chosen: string | null, choose: (id: string) => void): Column<User>[] {
  const { t } = useTranslation();
  const { moment } = useTimeWords();
  return [
    {
      title: t('Name'),
      cell: (user) => (
        <button
          type="button"
          className="min-w-0 text-left"
          aria-expanded={user.id === chosen}
          onClick={() => choose(user.id)}
        >
          <span className="block truncate font-medium">{user.name || user.id}</span>
          <span className="block truncate t-small text-ink3">{user.id}</span>
        </button>
      ),
    },
    { title: t('Role'), cell: (user) => <Rights user={user} /> },
    {
      title: t('Last sign-in'),
      from: 'lg',
      cell: (user) => (
        <span className="text-ink2 tabular-nums">
          {user.last_login_ms ? moment(user.last_login_ms) : t('Never')}
        </span>
      ),
    },
    {
      title: t('State'),
      from: 'sm',
      cell: (user) =>
        user.disabled ? (
          <span className="pill pill-warn">{t('Disabled')}</span>
        ) : (
          <span className="pill pill-ok">{t('Active')}</span>
        ),
    },
  ];
}

export default function UsersPage() {
  const { t } = useTranslation();
  const may = useMay();
  const { data: session } = useQuery(sessionQuery);
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useChosen('/users/{-$id}');
  const [adding, setAdding] = useState(false);
  const pages = usePages<User>(['users'], '/users', { search });
  const columns = useColumns(chosen, setChosen);
  const add = may.administer && (
    <button type="button" className="btn btn-primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden />
      {t('New user')}
    </button>
  );
  return (
    <SettingsFrame deeds={add} note={<LookOnly need="administer" />}>
      <div className="flex min-h-0 flex-1">
        <div className="min-w-0 flex-1 overflow-y-auto">
          <div className="px-6 py-4 max-sm:px-4">
            <SearchField label={t('Search users')} onSearch={setSearch} />
          </div>
          <PagedTable
            label={t('Users')}
            pages={pages}
            columns={columns}
            keyOf={(user) => user.id}
            chosen={chosen}
            empty={t('No users found')}
          />
        </div>
        {chosen && session && (
          <UserPanel key={chosen} id={chosen} session={session} close={() => setChosen(null)} />
        )}
      </div>
      {adding && session && (
        <Suspense fallback={null}>
          <NewUserDialog
            session={session}
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
