// The pages behind “Settings”.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { useServerEvents } from '@/api/events';
import { sessionQuery } from '@/api/queries';
import { useTranslation } from '@/language/translate';
import { useAccount, useMay } from '@/session/account';
import { Page } from '@/ui/page';

interface Props {
  note?: ReactNode;
  deeds?: ReactNode;
  children: ReactNode;
}

export function SettingsFrame({ note, deeds, children }: Props) {
  const { t } = useTranslation();
  const account = useAccount();
  const may = useMay();
  const { data: session } = useQuery(sessionQuery);
  useServerEvents(account.id);
  const tabs = useRef<HTMLElement>(null);
  useEffect(() => {
    const here = tabs.current?.querySelector('[aria-current=page]');
    here?.scrollIntoView({ block: 'nearest', inline: 'nearest' }); // a phone has no room for all
  }, []);
  const several = (session?.accounts.length ?? 0) > 1;
  const pages = [
    { to: '/settings', label: t('General') },
    { to: '/trunks', label: t('Trunks') },
    ...(may.administer ? [{ to: '/users', label: t('Users') }] : []),
    { to: '/tokens', label: t('Access tokens') },
    ...(may.administer ? [{ to: '/audit', label: t('Audit log') }] : []),
    ...(several || may.system ? [{ to: '/accounts', label: t('Accounts') }] : []),
  ];
  return (
    <Page title={t('Settings')} note={note} deeds={deeds}>
      <nav ref={tabs} className="tabs" aria-label={t('Settings')}>
        {pages.map(({ to, label }) => (
          <Link key={to} to={to} className="tab" activeProps={{ 'aria-current': 'page' }}>
            {label}
          </Link>
        ))}
      </nav>
      {children}
    </Page>
  );
}
