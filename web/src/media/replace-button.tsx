// A new sound for a media: blocks go on playing the same id.
import { RefreshCw } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ACCEPTED_AUDIO } from './uploads';

export function ReplaceButton({ onFile }: { onFile: (file: File) => void }) {
  const { t } = useTranslation();
  const picker = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement) => {
    const [file] = input.files ?? [];
    if (file) onFile(file);
    input.value = ''; // the same file can be chosen again
  };
  return (
    <>
      <button type="button" className="btn" onClick={() => picker.current?.click()}>
        <RefreshCw aria-hidden />
        {t('Replace audio')}
      </button>
      <input
        ref={picker}
        type="file"
        accept={ACCEPTED_AUDIO}
        className="hidden"
        aria-label={t('New audio file')}
        onChange={(event) => take(event.currentTarget)}
      />
    </>
  );
}
