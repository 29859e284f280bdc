// The menus of the rail: look and language, the user.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Languages, LogOut, SunMoon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '@/api/queries';
import { request } from '@/api/request';
import { chooseLanguage, LANGUAGES } from '@/language/language';
import { chooseTheme, storedTheme, type Theme } from './theme';

const ITEM = 'menu-item items-center';

export function LookMenu({ face }: { face: ReactNode }) {
  const { t, i18n } = useTranslation();
  const themes: { id: Theme; label: string }[] = [
    { id: 'system', label: t('As the system') },
    { id: 'light', label: t('Light') },
    { id: 'dark', label: t('Dark') },
  ];
  return (
    <DropdownMenu.Root defaultOpen modal={false}>
      <DropdownMenu.Trigger className="rail-button" aria-label={t('Theme and language')}>
        {face}
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

export function UserMenu({ face }: { face: ReactNode }) {
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
    <DropdownMenu.Root defaultOpen modal={false}>
      <DropdownMenu.Trigger
        className="rail-user"
        aria-label={t('User {{name}}', { name: session.name })}
      >
        {face}
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
