import { CloudOff } from 'lucide-react';
import { useTranslation } from '@/language/translate';

export function LostBanner({ editing, retry }: { editing: boolean; retry: () => void }) {
  const { t } = useTranslation();
  return (
    <div
      role="alert"
      className="flex flex-none flex-wrap items-center gap-x-3 gap-y-1 bg-warn-tint px-4 py-1.5
        text-warn"
    >
      <CloudOff aria-hidden />
      <span className="min-w-0 flex-1">
        <b className="font-semibold">{t('No connection to the server')}.</b>{' '}
        {editing
          ? t('Your changes are safe in this browser. Trying again every few seconds.')
          : t('Leave this page open: what you typed stays. Trying again every few seconds.')}
      </span>
      <button type="button" className="btn btn-sm" onClick={retry}>
        {t('Try now')}
      </button>
    </div>
  );
}
