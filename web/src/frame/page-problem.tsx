// In place of a page that broke, or did not get here.

import type { ErrorComponentProps } from '@tanstack/react-router';
import { reasonOf } from '@/api/request';
import { useTranslation } from '@/language/translate';
import { NotFetched } from './lazy-page';

export function PageProblem({ error }: ErrorComponentProps) {
  const { t } = useTranslation();
  const why = reasonOf(error);
  return (
    <main className="grid min-w-0 flex-1 place-items-center bg-canvas p-6">
      <div role="alert" className="text-center">
        <h1 className="t-page">{t('This page could not be loaded')}</h1>
        <p className="mt-1 text-ink2">
          {error instanceof NotFetched ? t('The server did not send it.') : why}
        </p>
        <button type="button" className="btn btn-lg mt-4" onClick={() => window.location.reload()}>
          {t('Try again')}
        </button>
      </div>
    </main>
  );
}
