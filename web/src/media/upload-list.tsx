// What is on its way to the server, and what it refused.
import { CircleAlert, Upload, X } from 'lucide-react';
import { useTranslation } from '@/language/translate';
import { megabytes } from './size';
import type { UploadState } from './uploads';

function UploadRow({ one, forget }: { one: UploadState; forget: () => void }) {
  const { t } = useTranslation();
  const Icon = one.error ? CircleAlert : Upload;
  return (
    <li className="flex items-center gap-3 border-line border-t px-3 py-2.5 first:border-t-0">
      <Icon aria-hidden className={one.error ? 'text-err' : ''} />
      <div className="min-w-0 flex-1">
        <div className="flex gap-2">
          <span className="flex-1 truncate font-medium">{one.name}</span>
          {!one.error && (
            <span className="t-small text-ink3 tabular-nums">
              {megabytes(one.sent)} / {megabytes(one.total)}
            </span>
          )}
        </div>
        {one.error ? (
          <p role="alert" className="t-small text-err">
            {one.error}
          </p>
        ) : (
          <progress
            className="h-1 w-full accent-accent"
            aria-label={one.name}
            value={one.sent}
            max={one.total || 1}
          />
        )}
      </div>
      {one.again && (
        <button type="button" className="btn btn-sm" onClick={one.again}>
          {t('Try again')}
        </button>
      )}
      <button
        type="button"
        className="btn btn-ghost btn-icon btn-sm"
        aria-label={one.error ? t('Close') : t('Cancel the upload')}
        onClick={() => (one.error ? forget() : one.cancel())}
      >
        <X aria-hidden />
      </button>
    </li>
  );
}

export function UploadList({
  list,
  forget,
}: {
  list: UploadState[];
  forget: (key: number) => void;
}) {
  if (list.length === 0) return null;
  return (
    <ul className="mt-3 rounded-card border border-line">
      {list.map((one) => (
        <UploadRow key={one.key} one={one} forget={() => forget(one.key)} />
      ))}
    </ul>
  );
}
