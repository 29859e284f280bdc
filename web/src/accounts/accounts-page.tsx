// The accounts that one may see; the chosen one is what every page shows.
import { useQuery } from '@tanstack/react-query';
import { Pencil, Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { usePages } from '@/api/pages';
import { sessionQuery } from '@/api/queries';
import { type Answer, path, reasonOf, request } from '@/api/request';
import type { Account } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { addressIn, useAccount, useMay } from '@/session/account';
import { useRoleWords } from '@/session/roles';
import { SettingsFrame } from '@/settings/settings-frame';
import { type Column, PagedTable } from '@/ui/paged-table';
import { toast } from '@/ui/toasts';

const AccountDialog = lazy(() => import('./account-dialog'));

function Name({ account }: { account: Account }) {
  const { t } = useTranslation();
  const here = useAccount().id === account.id;
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span className="min-w-0">
        <span className="block truncate font-medium">{account.name || account.id}</span>
        <span className="block truncate t-small text-ink3">{account.id}</span>
      </span>
      {here && <span className="pill pill-ok">{t('Shown now')}</span>}
    </span>
  );
}

function useColumns(edit: (account: Account) => void): Column<Account>[] {
  const { t } = useTranslation();
  const words = useRoleWords();
  const may = useMay();
  const here = useAccount().id;
  const { data: session } = useQuery(sessionQuery);
  const roleIn = (id: string) => session?.accounts.find((one) => one.id === id)?.role;
  return [
    { title: t('Account'), cell: (account) => <Name account={account} /> },
    {
      title: t('SIP domain'),
      from: 'sm',
      cell: (account) => <span className="text-ink2">{account.realm || t('None')}</span>,
    },
    {
      title: t('Your role'),
      from: 'sm',
      cell: ({ id }) => words[roleIn(id) ?? 'viewer'].name,
    },
    {
      title: t('Actions'),
      right: true,
      cell: (account) => (
        <span className="flex justify-end gap-2">
          {may.system && (
            <button
              type="button"
              className="btn btn-ghost btn-icon btn-sm"
              aria-label={t('Edit {{name}}', { name: account.name || account.id })}
              onClick={() => edit(account)}
            >
              <Pencil aria-hidden />
            </button>
          )}
          {account.id !== here && (
            <a
              className="btn btn-sm"
              href={addressIn(account.id, '/callflows')}
              aria-label={t('Switch to {{name}}', { name: account.name || account.id })}
            >
              {t('Switch')}
            </a>
          )}
        </span>
      ),
    },
  ];
}

export default function AccountsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [opened, setOpened] = useState<Answer<Account> | 'new' | null>(null);
  const pages = usePages<Account>(['accounts'], '/accounts');
  const edit = async ({ id }: Account) => {
    try {
      setOpened(await request<Account>(path`/accounts/${id}`));
    } catch (error) {
      toast({ tone: 'err', title: reasonOf(error) });
    }
  };
  const columns = useColumns((account) => void edit(account));
  const add = may.system && (
    <button type="button" className="btn btn-primary" onClick={() => setOpened('new')}>
      <Plus aria-hidden />
      {t('New account')}
    </button>
  );
  return (
    <SettingsFrame deeds={add}>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <PagedTable
          label={t('Accounts')}
          pages={pages}
          columns={columns}
          keyOf={(account) => account.id}
          empty={t('Nothing found')}
        />
      </div>
      {opened && (
        <Suspense fallback={null}>
          <AccountDialog saved={opened === 'new' ? null : opened} close={() => setOpened(null)} />
        </Suspense>
      )}
    </SettingsFrame>
  );
}
