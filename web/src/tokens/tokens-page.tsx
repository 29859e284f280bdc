// One's own access tokens.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { usePages } from '@/api/pages';
import { sessionQuery } from '@/api/queries';
import { path, reasonOf, request } from '@/api/request';
import type { Token } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { useAccount } from '@/session/account';
import { useRoleWords } from '@/session/roles';
import { SettingsFrame } from '@/settings/settings-frame';
import { ask } from '@/ui/confirm';
import { type Column, PagedTable } from '@/ui/paged-table';
import { useTimeWords } from '@/ui/time-words';
import { toast } from '@/ui/toasts';

const NewTokenDialog = lazy(() => import('./new-token-dialog'));

function useRevoke(): (token: Token) => Promise<void> {
  const { t } = useTranslation();
  const cache = useQueryClient();
  return async ({ id, name }) => {
    const yes = await ask({
      title: t('Revoke {{name}}?', { name }),
      text: t('Whatever uses this token is refused from now on. This can’t be undone.'),
      yes: t('Revoke'),
      no: t('Keep it'),
      danger: true,
    });
    if (!yes) return;
    try {
      await request(path`/tokens/${id}`, { method: 'DELETE' });
      await cache.invalidateQueries({ queryKey: ['tokens'] });
      toast({ tone: 'ok', title: t('{{name}} is revoked', { name }) });
    } catch (error) {
      toast({ tone: 'err', title: reasonOf(error) });
    }
  };
}

function Ends({ at_ms }: { at_ms: number }) {
  const { t } = useTranslation();
  const { day } = useTimeWords();
  return at_ms > Date.now() ? day(at_ms) : <span className="pill pill-warn">{t('Expired')}</span>;
}

function useColumns(): Column<Token>[] {
  const { t } = useTranslation();
  const words = useRoleWords();
  const { moment } = useTimeWords();
  const { data: session } = useQuery(sessionQuery);
  const revoke = useRevoke();
  const accountOf = ({ account }: Token) =>
    account
      ? session?.accounts.find((one) => one.id === account)?.name || account
      : t('All of mine');
  return [
    { title: t('Name'), cell: (token) => <b className="font-medium">{token.name}</b> },
    { title: t('Account'), from: 'sm', cell: accountOf },
    { title: t('Role'), from: 'sm', cell: (token) => words[token.role].name },
    { title: t('Ends'), cell: (token) => <Ends at_ms={token.expires_ms} /> },
    {
      title: t('Last used'),
      from: 'lg',
      cell: (token) => (
        <span className="text-ink2 tabular-nums">
          {token.last_used_ms ? moment(token.last_used_ms) : t('Never')}
        </span>
      ),
    },
    {
      title: t('Revoke'),
      right: true,
      cell: (token) => (
        <button
          type="button"
          className="btn btn-sm"
          aria-label={t('Revoke {{name}}', { name: token.name })}
          onClick={() => void revoke(token)}
        >
          {t('Revoke')}
        </button>
      ),
    },
  ];
}

export default function TokensPage() {
  const { t } = useTranslation();
  const account = useAccount();
  const { data: session } = useQuery(sessionQuery);
  const [adding, setAdding] = useState(false);
  const pages = usePages<Token>(['tokens'], '/tokens');
  const columns = useColumns();
  const empty = (
    <div>
      <KeyRound aria-hidden className="mx-auto mb-2" />
      <p className="font-medium text-ink">{t('No access tokens')}</p>
      <p>{t('A token lets a script use the API in your name, without your password.')}</p>
    </div>
  );
  const add = (
    <button type="button" className="btn btn-primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden />
      {t('New token')}
    </button>
  );
  return (
    <SettingsFrame deeds={add}>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <PagedTable
          label={t('Access tokens')}
          pages={pages}
          columns={columns}
          keyOf={(token) => token.id}
          empty={empty}
        />
      </div>
      {adding && session && (
        <Suspense fallback={null}>
          <NewTokenDialog session={session} here={account.id} close={() => setAdding(false)} />
        </Suspense>
      )}
    </SettingsFrame>
  );
}
