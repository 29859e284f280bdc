import { useTranslation } from '@/language/translate';
import { Modal } from '@/ui/modal';
import { toast } from '@/ui/toasts';
import { OwnPasswordForm } from './own-password-form';

export default function OwnPasswordDialog({ user, close }: { user: string; close: () => void }) {
  const { t } = useTranslation();
  const done = () => {
    toast({
      tone: 'ok',
      title: t('Your password is changed'),
      detail: t('Everywhere else you are signed out.'),
    });
    close();
  };
  return (
    <Modal title={t('Change password')} width={440} onClose={close}>
      <div className="p-5">
        <OwnPasswordForm user={user} onDone={done}>
          <button type="button" className="btn" onClick={close}>
            {t('Cancel')}
          </button>
        </OwnPasswordForm>
      </div>
    </Modal>
  );
}
