import { useTranslation } from '@/language/translate';

export function NoServer({ why, retry }: { why: string; retry: () => void }) {
  const { t } = useTranslation();
  return (
    <main className="grid h-full place-items-center bg-canvas">
      <div className="text-center">
        <h1 className="t-page">{t('No connection to the server')}</h1>
        <p className="mt-1 text-ink2">{why}</p>
        <button type="button" className="btn btn-lg mt-4" onClick={retry}>
          {t('Try again')}
        </button>
      </div>
    </main>
  );
}
