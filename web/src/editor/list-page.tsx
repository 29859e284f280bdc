// /callflows: the list, and nothing opened yet.
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Plus, Workflow } from 'lucide-react';
import { useEffect } from 'react';
import { useServerEvents } from '@/api/events';
import { callflowsQuery } from '@/api/queries';
import { useTranslation } from '@/language/translate';
import { useAccount, useMay } from '@/session/account';
import { CallflowList } from './callflow-list';
import { ImportButton } from './import-button';
import { useWide } from './use-wide';

export default function ListPage() {
  const { t } = useTranslation();
  const account = useAccount();
  const may = useMay();
  const wide = useWide();
  const navigate = useNavigate();
  useServerEvents(account.id);
  const { data } = useQuery(callflowsQuery(account.id));
  const [first] = data ?? [];
  useEffect(() => {
    if (wide && first) {
      void navigate({ to: '/callflows/$id', params: { id: first.id }, replace: true });
    }
  }, [wide, first, navigate]);
  return (
    <>
      <CallflowList wide />
      {wide && data?.length === 0 && (
        <main className="diagram-dots grid flex-1 place-items-center">
          <div className="text-center">
            <span className="tile tile-xl mx-auto bg-accent-tint text-accent-ink">
              <Workflow aria-hidden />
            </span>
            <h1 className="t-title mt-3">{t('No callflows yet')}</h1>
            <p className="mt-1 text-ink2">
              {t('A callflow says what happens when someone calls a number.')}
            </p>
            {may.edit && (
              <div className="mt-4 flex justify-center gap-2">
                <button
                  type="button"
                  className="btn btn-lg btn-primary"
                  onClick={() => navigate({ to: '/callflows/$id', params: { id: 'new' } })}
                >
                  <Plus aria-hidden />
                  {t('New callflow')}
                </button>
                <ImportButton className="btn btn-lg">{t('Import')}</ImportButton>
              </div>
            )}
          </div>
        </main>
      )}
    </>
  );
}
