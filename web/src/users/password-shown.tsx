import { useTranslation } from 'react-i18next';
import { Modal } from '@/ui/modal';
import { ShownOnce } from '@/ui/shown-once';

interface Props {
  title: string;
  user: string;
  password: string;
  close: () => void;
}

export function PasswordShown({ title, user, password, close }: Props) {
  const { t } = useTranslation();
  const footer = (
    <>
      <span className="flex-1" />
      <button type="button" className="btn btn-primary" onClick={close}>
        {t('Done')}
      </button>
    </>
  );
  return (
    <Modal title={title} width={520} onClose={close} footer={footer}>
      <div className="p-5">
        <ShownOnce label={t('Password of {{user}}', { user })} secret={password} />
      </div>
    </Modal>
  );
}
