// A pop-up with one form: fields, Cancel, and a button named after the deed.
import { type ReactNode, useId } from 'react';
import { useTranslation } from '@/language/translate';
import { Modal } from './modal';
import type { Submitting } from './use-submit';

interface Props {
  title: string;
  help?: string;
  deed: string;
  form: Submitting;
  ready?: boolean;
  danger?: boolean;
  onClose: () => void;
  children: ReactNode;
}

const WIDTH = 520;

export function FormModal(props: Props) {
  const { title, help, deed, form, ready = true, danger = false, onClose, children } = props;
  const { t } = useTranslation();
  const id = useId();
  const footer = (
    <>
      <span className="flex-1" />
      <button type="button" className="btn" onClick={onClose}>
        {t('Cancel')}
      </button>
      <button
        type="submit"
        form={id}
        className={`btn ${danger ? 'btn-danger' : 'btn-primary'}`}
        disabled={form.busy || !ready}
      >
        {deed}
      </button>
    </>
  );
  return (
    <Modal
      title={title}
      {...(help ? { help } : {})}
      width={WIDTH}
      onClose={onClose}
      footer={footer}
    >
      <form id={id} className="flex flex-col gap-5 p-5" onSubmit={form.submit}>
        {children}
      </form>
    </Modal>
  );
}
