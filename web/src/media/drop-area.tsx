// Files dropped anywhere in it are taken. The button Upload does the same for everybody else.
import { type DragEvent, type ReactNode, useState } from 'react';
import { useTranslation } from '@/language/translate';

interface Props {
  allowed: boolean;
  onFiles: (files: File[]) => void;
  children: ReactNode;
}

const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');

export function DropArea({ allowed, onFiles, children }: Props) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const onDragOver = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault(); // else the browser would open the file
    event.dataTransfer.dropEffect = allowed ? 'copy' : 'none';
    setOver(allowed);
  };
  const onDragLeave = (event: DragEvent) => {
    const to = event.relatedTarget;
    if (!(to instanceof Node) || !event.currentTarget.contains(to)) setOver(false);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (allowed) onFiles([...event.dataTransfer.files]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut
    <div
      className="relative flex min-h-0 flex-1"
      onDragOver={onDragOver}
      onDragLeave={onDragLeave}
      onDrop={onDrop}
    >
      {children}
      {over && (
        <div
          className="pointer-events-none absolute inset-3 z-40 grid place-items-center rounded-card
            border-2 border-accent border-dashed bg-accent-tint/90"
        >
          <p className="t-title text-accent-ink">{t('Drop audio files here')}</p>
        </div>
      )}
    </div>
  );
}
