// A secret that can be read and copied now, and never again.
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Hint } from './hint';

export function ShownOnce({ label, secret }: { label: string; secret: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const Mark = copied ? Check : Copy;
  const copy = async () => {
    await navigator.clipboard?.writeText(secret);
    setCopied(true);
  };
  return (
    <div>
      <div className="mb-1.5 font-medium">{label}</div>
      <div className="field">
        <output className="min-w-0 flex-1 select-all break-all py-2 t-code" aria-label={label}>
          {secret}
        </output>
        <button type="button" className="btn btn-sm" onClick={copy}>
          <Mark aria-hidden />
          {copied ? t('Copied') : t('Copy')}
        </button>
      </div>
      <Hint tone="warn">{t('It is shown this once: copy it now.')}</Hint>
    </div>
  );
}
