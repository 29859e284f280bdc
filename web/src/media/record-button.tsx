// Opens the recorder.
import { Mic } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from '@/language/translate';

const RecordPop = lazy(() => import('./record-pop'));

interface Props {
  onSound: (file: File) => void;
  look?: string;
  bare?: boolean; // its icon alone
}

export function RecordButton({ onSound, look = '', bare = false }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={`btn ${look}`}
        title={t('Record')}
        onClick={() => setOpen(true)}
      >
        <Mic aria-hidden />
        <span className={bare ? 'sr-only' : 'max-sm:sr-only'}>{t('Record')}</span>
      </button>
      {open && (
        <Suspense fallback={null}>
          <RecordPop onSound={onSound} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
