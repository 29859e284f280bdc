// Somebody else knows this password: nothing else goes on before it is changed.
import { useQueryClient } from '@tanstack/react-query';
import { sessionQuery } from '@/api/queries';
import type { Session } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { OwnPasswordForm } from './own-password-form';
import { useSignOut } from './sign-out';

export default function MustChangePage({ session }: { session: Session }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const signOut = useSignOut();
  const again = () => void cache.invalidateQueries({ queryKey: sessionQuery.queryKey });
  return (
    <main className="diagram-dots grid h-full flex-1 place-items-center p-4">
      <div className="w-full max-w-[400px] rounded-dialog border border-line bg-surface p-8 shadow-high">
        <h1 className="t-page">{t('Choose your own password')}</h1>
        <p className="mt-1 mb-5 text-ink2">
          {t('The one you signed in with was made for you, so somebody else has seen it.')}
        </p>
        <OwnPasswordForm user={session.user} onDone={again}>
          <button type="button" className="btn" onClick={signOut}>
            {t('Sign out')}
          </button>
        </OwnPasswordForm>
      </div>
    </main>
  );
}
