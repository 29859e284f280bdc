// The menu of the user: account, password, tokens, look, language, sign out.
import { Link } from '@tanstack/react-router';
import { Building2, KeyRound, Languages, Lock, LogOut, SunMoon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { Session } from '@/api/types';
import { chooseLanguage, LANGUAGES } from '@/language/language';
import { useTranslation } from '@/language/translate';
import { addressIn, useAccount } from '@/session/account';
import { useSignOut } from '@/session/sign-out';
import { chooseTheme, storedTheme, type Theme } from './theme';

const ITEM = 'menu-item items-center';
const ACCOUNTS_SHOWN = 8; // the page of accounts has them all

const OwnPasswordDialog = lazy(() => import('@/session/own-password-dialog'));

function Line() {
  return <DropdownMenu.Separator className="mx-2 my-1 h-px bg-line" />;
}

function Title({ children }: { children: ReactNode }) {
  return (
    <DropdownMenu.Label className="px-2 py-1 t-small text-ink3">{children}</DropdownMenu.Label>
  );
}

interface Choice {
  id: string;
  label: string;
}

interface ChoicesProps {
  title: string;
  icon: ReactNode;
  all: readonly Choice[];
  chosen: string;
  choose: (id: string) => void;
}

function Choices({ title, icon, all, chosen, choose }: ChoicesProps) {
  return (
    <DropdownMenu.RadioGroup value={chosen} onValueChange={choose} aria-label={title}>
      <Title>{title}</Title>
      {all.map((one) => (
        <DropdownMenu.RadioItem
          key={one.id}
          value={one.id}
          className={`${ITEM} data-[state=checked]:bg-accent-tint`}
        >
          {icon}
          {one.label}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

function AccountChoices({ session }: { session: Session }) {
  const { t } = useTranslation();
  const { id } = useAccount();
  if (session.accounts.length < 2) return null;
  const all = session.accounts.map((one) => ({ id: one.id, label: one.name || one.id }));
  return (
    <>
      <Line />
      <Choices
        title={t('Account')}
        icon={<Building2 aria-hidden />}
        all={all.slice(0, ACCOUNTS_SHOWN)}
        chosen={id}
        choose={(account) => window.location.assign(addressIn(account, '/callflows'))}
      />
      {all.length > ACCOUNTS_SHOWN && (
        <DropdownMenu.Item className={ITEM} asChild>
          <Link to="/accounts">{t('All {{count}} accounts', { count: all.length })}</Link>
        </DropdownMenu.Item>
      )}
    </>
  );
}

export function UserMenu({ session, face }: { session: Session; face: ReactNode }) {
  const { t, language } = useTranslation();
  const signOut = useSignOut();
  const [changing, setChanging] = useState(false);
  const themes: (Choice & { id: Theme })[] = [
    { id: 'system', label: t('As the system') },
    { id: 'light', label: t('Light') },
    { id: 'dark', label: t('Dark') },
  ];
  const languages = LANGUAGES.map((one) => ({ id: one.id, label: one.name }));
  return (
    <>
      <DropdownMenu.Root defaultOpen modal={false}>
        <DropdownMenu.Trigger className="rail-user">{face}</DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            className="menu max-h-(--radix-dropdown-menu-content-available-height) overflow-y-auto"
            side="right"
            align="end"
            collisionPadding={8}
          >
            <DropdownMenu.Label className="px-2 py-1.5">
              <span className="block font-medium">{session.name}</span>
              <span className="block t-small text-ink3">{session.user}</span>
            </DropdownMenu.Label>
            <DropdownMenu.Item className={ITEM} onSelect={() => setChanging(true)}>
              <Lock aria-hidden />
              {t('Change password')}
            </DropdownMenu.Item>
            <DropdownMenu.Item className={ITEM} asChild>
              <Link to="/tokens">
                <KeyRound aria-hidden />
                {t('Access tokens')}
              </Link>
            </DropdownMenu.Item>
            <AccountChoices session={session} />
            <Line />
            <Choices
              title={t('Theme')}
              icon={<SunMoon aria-hidden />}
              all={themes}
              chosen={storedTheme()}
              choose={(theme) => chooseTheme(theme as Theme)}
            />
            <Line />
            <Choices
              title={t('Language')}
              icon={<Languages aria-hidden />}
              all={languages}
              chosen={language}
              choose={chooseLanguage}
            />
            <Line />
            <DropdownMenu.Item className={ITEM} onSelect={signOut}>
              <LogOut aria-hidden />
              {t('Sign out')}
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {changing && (
        <Suspense fallback={null}>
          <OwnPasswordDialog user={session.user} close={() => setChanging(false)} />
        </Suspense>
      )}
    </>
  );
}
