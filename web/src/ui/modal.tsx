// Pop-ups: focus goes in, stays in, and comes back.
import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type CSSProperties, type ReactNode, useRef } from 'react';
import { useTranslation } from '@/language/translate';
import { useFocusBack } from './focus-back';

const FIELDS =
  'form input:not([type=file]), form select, form textarea, [cmdk-input], [data-first]';
const OPEN_LIST = '[role=combobox][aria-expanded=true]:not([cmdk-input])';

interface Props {
  title: string;
  help?: string;
  tile?: ReactNode;
  aside?: ReactNode;
  width: number;
  firm?: boolean; // a press beside it does not close it: what is in it would be lost
  onClose: () => void;
  footer?: ReactNode;
  children: ReactNode;
}

export function Modal(props: Props) {
  const { title, help, tile, aside, width, firm = false, onClose, footer, children } = props;
  const { t } = useTranslation();
  const content = useRef<HTMLDivElement>(null);
  const giveFocusBack = useFocusBack();
  // The first field, not the closing cross.
  const focusFirstField = (event: Event) => {
    const field = content.current?.querySelector<HTMLElement>(FIELDS);
    if (!field) return;
    event.preventDefault();
    field.focus();
  };
  // An open list of a field takes the key for itself.
  const leaveToList = (event: KeyboardEvent) => {
    if (event.target instanceof Element && event.target.matches(OPEN_LIST)) event.preventDefault();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay
          className="dialog-scrim"
          onMouseDown={(event) => firm && event.preventDefault()} // it would take the focus
        />
        <Dialog.Content
          ref={content}
          onOpenAutoFocus={focusFirstField}
          onCloseAutoFocus={giveFocusBack}
          onEscapeKeyDown={leaveToList}
          onInteractOutside={(event) => firm && event.preventDefault()}
          className="dialog"
          style={{ '--dialog-width': `${width}px` } as CSSProperties}
          aria-describedby={undefined}
        >
          <header className="flex flex-none items-center gap-3 border-line border-b px-5 py-4">
            {tile}
            <div className="min-w-0 flex-1">
              <Dialog.Title className="t-title">{title}</Dialog.Title>
              {help && <p className="t-small text-ink3">{help}</p>}
            </div>
            {aside}
            <Dialog.Close className="btn btn-ghost btn-icon" aria-label={t('Close')}>
              <X aria-hidden />
            </Dialog.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
          {footer && (
            <footer
              className="flex flex-none items-center gap-2 rounded-b-dialog border-line border-t
                bg-sunk px-5 py-3 max-sm:rounded-none"
            >
              {footer}
            </footer>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
