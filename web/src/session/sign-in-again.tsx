// Over the page whose session has ended: what was being done stays as it is.
import { Dialog } from 'radix-ui';
import { useRef } from 'react';
import type { Session } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { SignInForm } from './sign-in-form';

export default function SignInAgain({ session }: { session: Session }) {
  const { t } = useTranslation();
  const content = useRef<HTMLDivElement>(null);
  const focusPassword = (event: Event) => {
    event.preventDefault();
    content.current?.querySelector<HTMLElement>('input:not([readonly])')?.focus();
  };
  return (
    <Dialog.Root open>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-scrim !z-[90]" />
        <Dialog.Content
          ref={content}
          className="dialog !z-[91] p-6"
          onOpenAutoFocus={focusPassword}
        >
          <Dialog.Title className="t-title">{t('Your session has ended')}</Dialog.Title>
          <Dialog.Description className="mt-1 mb-5 text-ink2">
            {t('Sign in again and go on where you were. Nothing is lost.')}
          </Dialog.Description>
          <SignInForm user={session.user} onDone={() => undefined}>
            <a href="/login" className="btn btn-link mt-4 w-full">
              {t('Sign in as somebody else')}
            </a>
          </SignInForm>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
