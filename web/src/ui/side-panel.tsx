// What is chosen in a list, beside it; over it where there is no room.
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  title: string;
  heading?: ReactNode; // instead of the title, where it can be changed
  mark?: ReactNode;
  onClose: () => void;
  footer?: ReactNode;
  children: ReactNode;
}

export function SidePanel({ title, heading, mark, onClose, footer, children }: Props) {
  const { t } = useTranslation();
  return (
    <aside
      className="flex w-[420px] flex-none flex-col border-line border-l bg-panel max-lg:fixed
        max-lg:inset-0 max-lg:z-30 max-lg:w-full"
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
      <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
      {footer && (
        <div className="flex flex-none items-center gap-2 border-line border-t bg-sunk px-5 py-3">
          {footer}
        </div>
      )}
    </aside>
  );
}
