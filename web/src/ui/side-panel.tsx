// What is chosen in a list, beside it; over it where there is no room.
import { X } from 'lucide-react';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from '@/language/translate';

interface Props {
  title: string;
  heading?: ReactNode; // instead of the title, where it can be changed
  mark?: ReactNode;
  onClose: () => void;
  footer?: ReactNode;
  onSave?: () => void; // by the footer's submit button, or Enter in a field
  children: ReactNode;
}

// Goes in when the panel opens, as the rows after the chosen one lie between; and back to that. It
// goes to the field that has to be filled in, if there is one.
function useFocus() {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    const first = panel.current?.querySelector<HTMLElement>('[data-first]');
    (first ?? panel.current)?.focus({ preventScroll: true });
    return () => {
      const lost = document.activeElement === document.body;
      if (lost && opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return panel;
}

function Content({ footer, onSave, children }: Pick<Props, 'footer' | 'onSave' | 'children'>) {
  const content = (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
      {footer && (
        <div
          className="flex flex-none flex-wrap items-center gap-2 border-line border-t bg-sunk px-5
            py-3"
        >
          {footer}
        </div>
      )}
    </>
  );
  if (!onSave) return content;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    if (event.target !== event.currentTarget) return; // a pop-up's own form
    event.preventDefault();
    onSave();
  };
  // The server says what is wrong with a field, at the field.
  return (
    <form noValidate className="flex min-h-0 flex-1 flex-col" onSubmit={submit}>
      {content}
    </form>
  );
}

export function SidePanel({ title, heading, mark, onClose, ...content }: Props) {
  const { t } = useTranslation();
  const panel = useFocus();
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      className="flex w-[420px] flex-none flex-col border-line border-l bg-panel outline-none
        max-lg:fixed max-lg:inset-0 max-lg:z-30 max-lg:w-full"
      aria-label={title}
    >
      <div className="panel-head !pl-5 border-line border-b">
        {heading ?? <h2 className="t-title min-w-0 flex-1 truncate">{title}</h2>}
        {mark}
        <button
          type="button"
          className="btn btn-ghost btn-icon btn-sm"
          aria-label={t('Close')}
          onClick={onClose}
        >
          <X aria-hidden />
        </button>
      </div>
      <Content {...content} />
    </aside>
  );
}
