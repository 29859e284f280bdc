// Opens the recorder.
import { Mic } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

const RecordPop = lazy(() => import('./record-pop'));

export function RecordButton({
  onSound,
  look = '',
}: {
  onSound: (file: File) => void;
  look?: string;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={`btn ${look}`} onClick={() => setOpen(true)}>
        <Mic aria-hidden />
        <span className="max-sm:sr-only">{t('Record')}</span>
      </button>
      {open && (
        <Suspense fallback={null}>
          <RecordPop onSound={onSound} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
