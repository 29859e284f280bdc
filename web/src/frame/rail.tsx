// The rail on the left: pages, theme, language, the user.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  AudioLines,
  CircleHelp,
  Hash,
  type LucideIcon,
  PhoneCall,
  SunMoon,
  Workflow,
} from 'lucide-react';
import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '@/api/queries';
import { useView } from '@/editor/view-store';
import { OnDemand } from '@/ui/on-demand';
import { Logo } from './logo';

const PAGES: { to: string; label: string; Icon: LucideIcon }[] = [
  { to: '/callflows', label: 'Callflows', Icon: Workflow },
  { to: '/numbers', label: 'Numbers', Icon: Hash },
  { to: '/media', label: 'Media', Icon: AudioLines },
  { to: '/calls', label: 'Calls', Icon: PhoneCall },
];

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return words
    .map((word) => word[0])
    .join('')
    .slice(0, 2)
    .toUpperCase();
}

const LookMenu = lazy(async () => ({ default: (await import('./rail-menus')).LookMenu }));
const UserMenu = lazy(async () => ({ default: (await import('./rail-menus')).UserMenu }));

export function Rail() {
  const { t } = useTranslation();
  const set = useView((state) => state.set);
  const { data: session } = useQuery(sessionQuery);
  const look = <SunMoon aria-hidden />;
  return (
    <nav className="rail" aria-label={t('Main')}>
      <Link to="/callflows" aria-label="Strowger" className="mb-3.5 max-sm:hidden">
        <Logo size={32} />
      </Link>
      {PAGES.map(({ to, label, Icon }) => (
        <Link key={to} to={to} className="rail-link" activeProps={{ 'aria-current': 'page' }}>
          <Icon aria-hidden />
          <span>{t(label)}</span>
        </Link>
      ))}
      <span className="flex-1 max-sm:hidden" />
      <OnDemand className="rail-button" label={t('Theme and language')} face={look}>
        <LookMenu face={look} />
      </OnDemand>
      <button
        type="button"
        className="rail-button max-sm:hidden"
        aria-label={t('Keyboard')}
        onClick={() => set({ pop: { kind: 'help' } })}
      >
        <CircleHelp aria-hidden />
      </button>
      {session && (
        <OnDemand
          className="rail-user"
          label={t('User {{name}}', { name: session.name })}
          face={initials(session.name || session.user)}
        >
          <UserMenu face={initials(session.name || session.user)} />
        </OnDemand>
      )}
    </nav>
  );
}
