// A secret that can be read and copied now, and never again.
import { Check, Copy } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from '@/language/translate';
import { copyText } from './copy';
import { Hint } from './hint';
import { Modal } from './modal';

const WIDTH = 520;

interface Props {
  title: string;
  label: string;
  secret: string;
  onClose: () => void;
  children?: ReactNode;
}

export function ShownOnce({ title, label, secret, onClose, children }: Props) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const Mark = copied ? Check : Copy;
  const copy = async () => {
    setCopied(await copyText(secret));
  };
  const footer = (
    <>
      <span className="flex-1" />
      <button type="button" className="btn btn-primary" onClick={onClose}>
        {t('Done')}
      </button>
    </>
  );
  return (
    <Modal title={title} width={WIDTH} firm onClose={onClose} footer={footer}>
      <div className="p-5">
        <div className="mb-1.5 font-medium">{label}</div>
        <div className="field">
          <output className="min-w-0 flex-1 select-all break-all py-2 t-code" aria-label={label}>
            {secret}
          </output>
          <button type="button" className="btn btn-sm" data-first onClick={copy}>
            <Mark aria-hidden />
            {copied ? t('Copied') : t('Copy')}
          </button>
        </div>
        <Hint tone="warn">{t('It is shown this once: copy it now.')}</Hint>
        {children}
      </div>
    </Modal>
  );
}
