// The rail on the left: pages, help, the user.
import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import {
  AudioLines,
  Building2,
  CircleHelp,
  Hash,
  type LucideIcon,
  PhoneCall,
  Settings,
  UsersRound,
  Workflow,
} from 'lucide-react';
import { lazy } from 'react';
import { sessionQuery } from '@/api/queries';
import type { Session } from '@/api/types';
import { useView } from '@/editor/view-store';
import { useTranslation } from '@/language/translate';
import { useAccount } from '@/session/account';
import { OnDemand } from '@/ui/on-demand';
import { Logo } from './logo';

const PAGES: { to: string; label: string; Icon: LucideIcon }[] = [
  { to: '/callflows', label: 'Callflows', Icon: Workflow },
  { to: '/seats', label: 'Seats', Icon: UsersRound },
  { to: '/numbers', label: 'Numbers', Icon: Hash },
  { to: '/media', label: 'Media', Icon: AudioLines },
  { to: '/calls', label: 'Calls', Icon: PhoneCall },
];
const BESIDE_SEATS = /^\/(phones|ring-groups|time-of-day)\b/;
const BEHIND_SETTINGS = /^\/(settings|trunks|users|tokens|audit|accounts)\b/;

const UserMenu = lazy(async () => ({ default: (await import('./user-menu')).UserMenu }));

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return words
    .map((word) => word[0])
    .join('')
    .slice(0, 2)
    .toUpperCase();
}

function SettingsLink() {
  const { t } = useTranslation();
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <Link
      to="/settings"
      className="rail-link"
      aria-current={BEHIND_SETTINGS.test(path) ? 'page' : undefined}
    >
      <Settings aria-hidden />
      <span>{t('Settings')}</span>
    </Link>
  );
}

// Only who has several accounts needs to be told which one this is.
function AccountLink({ session }: { session: Session }) {
  const { t } = useTranslation();
  const { id, name } = useAccount();
  if (session.accounts.length < 2) return null;
  return (
    <Link
      to="/accounts"
      className="rail-link mb-2 max-sm:hidden"
      activeProps={{ 'aria-current': undefined }} // “Settings” is the page
      title={name || id}
    >
      <Building2 aria-hidden />
      <span className="sr-only">{t('Account')}</span>
      <span className="max-w-full truncate px-1">{name || id}</span>
    </Link>
  );
}

export function Rail() {
  const { t } = useTranslation();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const set = useView((state) => state.set);
  const { data: session } = useQuery(sessionQuery);
  const face = session && (
    <>
      <span aria-hidden>{initials(session.name || session.user)}</span>
      <span className="sr-only">{t('User {{name}}', { name: session.name })}</span>
    </>
  );
  return (
    <nav className="rail" aria-label={t('Main')}>
      <Link to="/callflows" aria-label="Strowger" className="mb-3.5 max-sm:hidden">
        <Logo size={32} />
      </Link>
      {session && <AccountLink session={session} />}
      {PAGES.map(({ to, label, Icon }) => (
        <Link
          key={to}
          to={to}
          className="rail-link"
          activeProps={{ 'aria-current': 'page' }}
          {...(to === '/seats' && BESIDE_SEATS.test(path) ? { 'aria-current': 'page' } : {})}
        >
          <Icon aria-hidden />
          <span>{t(label)}</span>
        </Link>
      ))}
      <SettingsLink />
      <span className="flex-1 max-sm:hidden" />
      <button
        type="button"
        className="rail-button max-sm:hidden"
        aria-label={t('Keyboard')}
        onClick={() => set({ pop: { kind: 'help' } })}
      >
        <CircleHelp aria-hidden />
      </button>
      {session && (
        <OnDemand className="rail-user" face={face}>
          <UserMenu session={session} face={face} />
        </OnDemand>
      )}
    </nav>
  );
}
