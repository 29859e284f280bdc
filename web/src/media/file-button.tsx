// Chooses audio files.
import type { LucideIcon } from 'lucide-react';
import { useRef } from 'react';
import { ACCEPTED_AUDIO } from './uploads';

interface Props {
  words: string;
  fileWords: string; // of the field that takes the files
  Icon: LucideIcon;
  look?: string;
  several?: boolean;
  onFiles: (files: File[]) => void;
}

export function FileButton({ words, fileWords, Icon, look = '', several = false, onFiles }: Props) {
  const picker = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement) => {
    const files = [...(input.files ?? [])];
    input.value = ''; // the same file can be chosen again
    if (files.length > 0) onFiles(files);
  };
  return (
    <>
      <button type="button" className={`btn ${look}`} onClick={() => picker.current?.click()}>
        <Icon aria-hidden />
        {words}
      </button>
      <input
        ref={picker}
        type="file"
        multiple={several}
        accept={ACCEPTED_AUDIO}
        className="hidden"
        aria-label={fileWords}
        onChange={(event) => take(event.currentTarget)}
      />
    </>
  );
}
