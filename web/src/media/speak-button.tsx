// Opens text to speech, where the server has it.
import { useQuery } from '@tanstack/react-query';
import { Speech } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { voicesQuery } from '@/api/queries';
import type { Media } from '@/api/types';
import { useTranslation } from '@/language/translate';

const SpeakPop = lazy(() => import('./speak-pop'));

export function SpeakButton({
  account,
  onMade,
}: {
  account: string;
  onMade: (media: Media) => void;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { data: speech } = useQuery(voicesQuery);
  if (!speech?.installed) return null;
  return (
    <>
      <button type="button" className="btn" onClick={() => setOpen(true)}>
        <Speech aria-hidden />
        <span className="max-sm:sr-only">{t('Speak text')}</span>
      </button>
      {open && (
        <Suspense fallback={null}>
          <SpeakPop
            account={account}
            voices={speech.voices}
            onMade={onMade}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}
