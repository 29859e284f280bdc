// Sign in.
import { useRouter, useSearch } from '@tanstack/react-router';
import { Info } from 'lucide-react';
import { Logo } from '@/frame/logo';
import { useTranslation } from '@/language/translate';
import { SignInForm } from './sign-in-form';

// Pages of this app only: "//elsewhere" is another server.
export function pageAfter(back: string | undefined): string {
  return back && /^\/(?![/\\])/.test(back) ? back : '/callflows';
}

export default function LoginPage() {
  const { t } = useTranslation();
  const router = useRouter();
  const { back } = useSearch({ from: '/login' });
  return (
    <main className="diagram-dots grid h-full place-items-center p-4">
      <div className="w-full max-w-[400px] rounded-dialog border border-line bg-surface p-8 shadow-high">
        <Logo size={44} />
        <h1 className="t-page mt-5">{t('Sign in to Strowger')}</h1>
        <p className="mb-5 text-ink3">{window.location.hostname}</p>
        <SignInForm onDone={() => router.history.replace(pageAfter(back))} />
        <p className="mt-5 flex gap-2 border-line border-t pt-4 t-small text-ink3">
          <Info aria-hidden className="!h-3.5 !w-3.5" />
          {t('First start? The server printed the password of admin once, in its log.')}
        </p>
      </div>
    </main>
  );
}
