// Chooses a file with a callflow.
import { Upload } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from '@/language/translate';
import { useImporting } from './importing';

export function ImportButton({ className, children }: { className: string; children?: ReactNode }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const label = t('Import a callflow');
  return (
    <>
      <button
        type="button"
        className={className}
        aria-label={label}
        title={label}
        onClick={() => input.current?.click()}
      >
        <Upload aria-hidden />
        {children}
      </button>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        className="hidden"
        data-import
        tabIndex={-1}
        aria-label={label}
        onChange={(event) => {
          useImporting.setState({ file: event.target.files?.[0] ?? null, stage: 'chosen' });
          event.target.value = '';
        }}
      />
    </>
  );
}
