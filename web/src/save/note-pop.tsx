// What has changed and why, in the words of who saves it: shown in the history.
import { Popover } from 'radix-ui';
import { type ReactNode, useId } from 'react';
import { useView } from '@/editor/view-store';
import { useTranslation } from '@/language/translate';

const NOTE_CHARS_MAX = 256; // as the server takes it

interface Props {
  className: string;
  label: string;
  face: ReactNode;
}

export default function NotePop({ className, label, face }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const note = useView((state) => state.revisionNote);
  const set = useView((state) => state.set);
  return (
    <Popover.Root defaultOpen>
      <Popover.Trigger className={className} aria-label={label} title={label}>
        {face}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="menu z-60 w-[320px] p-3" align="end" sideOffset={6}>
          <form>
            <label htmlFor={id} className="mb-1.5 block font-medium">
              {t('Note for this version')}
            </label>
            <div className="field">
              <textarea
                id={id}
                rows={3}
                maxLength={NOTE_CHARS_MAX}
                className="w-full resize-y bg-transparent py-2 outline-none"
                placeholder={t('What has changed, and why')}
                value={note}
                onChange={(event) => set({ revisionNote: event.target.value })}
              />
            </div>
            <div className="mt-2 flex items-center gap-2 t-small text-ink3">
              <span className="flex-1">{t('Kept when you save, and shown in the history')}</span>
              <Popover.Close className="btn btn-sm">{t('Done')}</Popover.Close>
            </div>
          </form>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
