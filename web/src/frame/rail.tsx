// The rail on the left: pages, theme, language, the user.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  AudioLines,
  CircleHelp,
  Hash,
  Languages,
  LogOut,
  type LucideIcon,
  PhoneCall,
  SunMoon,
  Workflow,
} from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '@/api/queries';
import { request } from '@/api/request';
import { useView } from '@/editor/view-store';
import { chooseLanguage, LANGUAGES } from '@/language/language';
import { Logo } from './logo';
import { chooseTheme, storedTheme, type Theme } from './theme';

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

const ITEM = 'menu-item items-center';

function LookMenu() {
  const { t, i18n } = useTranslation();
  const themes: { id: Theme; label: string }[] = [
    { id: 'system', label: t('As the system') },
    { id: 'light', label: t('Light') },
    { id: 'dark', label: t('Dark') },
  ];
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="rail-button" aria-label={t('Theme and language')}>
        <SunMoon aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" side="right" align="end">
          <DropdownMenu.RadioGroup
            value={storedTheme()}
            onValueChange={(theme) => chooseTheme(theme as Theme)}
          >
            {themes.map((one) => (
              <DropdownMenu.RadioItem key={one.id} value={one.id} className={ITEM}>
                <SunMoon aria-hidden />
                {one.label}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="mx-2 my-1 h-px bg-line" />
          <DropdownMenu.RadioGroup value={i18n.language} onValueChange={chooseLanguage}>
            {LANGUAGES.map((one) => (
              <DropdownMenu.RadioItem key={one.id} value={one.id} className={ITEM}>
                <Languages aria-hidden />
                {one.name}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function UserMenu() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  if (!session) return null;
  const logOut = async () => {
    await request('/session', { method: 'DELETE' });
    cache.clear();
    window.location.assign('/login');
  };
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        className="mt-2 h-7 w-7 rounded-full text-center font-semibold text-[11px] leading-7"
        style={{ background: 'var(--g-advanced-bg)', color: 'var(--g-advanced)' }}
        aria-label={t('User {{name}}', { name: session.name })}
      >
        {initials(session.name || session.user)}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" side="right" align="end">
          <DropdownMenu.Label className="px-2 py-1.5 t-small text-ink3">
            {session.name}
          </DropdownMenu.Label>
          <DropdownMenu.Item className={ITEM} onSelect={logOut}>
            <LogOut aria-hidden />
            {t('Sign out')}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export function Rail() {
  const { t } = useTranslation();
  const set = useView((state) => state.set);
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
      <LookMenu />
      <button
        type="button"
        className="rail-button max-sm:hidden"
        aria-label={t('Keyboard')}
        onClick={() => set({ pop: { kind: 'help' } })}
      >
        <CircleHelp aria-hidden />
      </button>
      <UserMenu />
    </nav>
  );
}
