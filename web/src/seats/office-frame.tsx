// Seats, phones, ring groups and Time of Day are tabs of one page.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from '@/language/translate';
import { Page } from '@/ui/page';

interface Props {
  note?: ReactNode;
  deeds?: ReactNode;
  children: ReactNode;
}

export function OfficeFrame({ note, deeds, children }: Props) {
  const { t } = useTranslation();
  const tabs = [
    { to: '/seats', label: t('Seats') },
    { to: '/phones', label: t('Phones') },
    { to: '/ring-groups', label: t('Ring groups') },
    { to: '/time-of-day', label: t('Time of Day') },
  ];
  return (
    <Page title={t('Seats')} note={note} deeds={deeds}>
      <nav className="tabs" aria-label={t('Seats')}>
        {tabs.map(({ to, label }) => (
          <Link key={to} to={to} className="tab" activeProps={{ 'aria-current': 'page' }}>
            {label}
          </Link>
        ))}
      </nav>
      {children}
    </Page>
  );
}
