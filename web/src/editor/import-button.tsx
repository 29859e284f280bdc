// Chooses a file with a callflow.
import { Upload } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

const ImportDialog = lazy(() => import('./import-dialog'));

interface Props {
  account: string;
  className: string;
  children?: ReactNode;
}

export function ImportButton({ account, className, children }: Props) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
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
          setFile(event.target.files?.[0] ?? null);
          event.target.value = '';
        }}
      />
      {file && (
        <Suspense fallback={null}>
          <ImportDialog
            key={file.name + file.lastModified}
            account={account}
            file={file}
            close={() => setFile(null)}
          />
        </Suspense>
      )}
    </>
  );
}
