// Revisions with who, when and why; what differs; back to an older one.
import { useQuery } from '@tanstack/react-query';
import { RotateCcw, X } from 'lucide-react';
import { useEffect } from 'react';
import { revisionQuery, revisionsQuery } from '@/api/queries';
import type { RevisionInfo } from '@/api/types';
import { withIds } from '@/callflow/block-ids';
import { difference } from '@/callflow/difference';
import { useEditorContext } from '@/editor/context';
import { useEditor } from '@/editor/store';
import { useView } from '@/editor/view-store';
import { useTranslation } from '@/language/translate';
import { usePublishing } from '@/save/publishing';
import { toast } from '@/ui/toasts';
import { ChangeList } from './change-list';
import { useCompared } from './compared';

function VersionRow({ one, chosen }: { one: RevisionInfo; chosen: boolean }) {
  const { t, language } = useTranslation();
  const when = new Date(one.when_ms).toLocaleString(language, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (
    <li>
      <button
        type="button"
        aria-pressed={chosen}
        className={`w-full rounded-control px-3 py-2 hover:bg-hover ${chosen ? 'bg-accent-tint' : ''}`}
        onClick={() => useCompared.setState({ revision: one.revision })}
      >
        <span className="flex items-center gap-2">
          <b className="font-semibold">{t('Version {{version}}', { version: one.revision })}</b>
          {one.published && (
            <span className="pill pill-ok">
              <span className="dot" />
              {t('Live')}
            </span>
          )}
          <span className="ml-auto t-small text-ink3">{when}</span>
        </span>
        {one.note && <span className="block truncate text-ink2">{one.note}</span>}
        <span className="block t-small text-ink3">{one.who}</span>
      </button>
    </li>
  );
}

export default function HistoryPanel() {
  const { t } = useTranslation();
  const { account, mayEdit } = useEditorContext();
  const { publish } = usePublishing();
  const set = useView((state) => state.set);
  const id = useEditor((state) => state.id) ?? '';
  const document = useEditor((state) => state.document);
  const published = useEditor((state) => state.published);
  const { revision, document: older } = useCompared();
  const { data: list = [] } = useQuery({ ...revisionsQuery(account, id), enabled: id !== '' });
  const { data: loaded } = useQuery({
    ...revisionQuery(account, id, revision ?? 0),
    enabled: revision !== null && id !== '',
  });
  useEffect(() => {
    if (loaded) useCompared.setState({ document: withIds(loaded.document) });
  }, [loaded]);
  useEffect(() => () => useCompared.setState({ revision: null, document: null }), []);
  const back = () => {
    if (!older || revision === null) return;
    useEditor.getState().change(older);
    useCompared.setState({ revision: null, document: null });
    set({ panel: 'none' });
    const title = t('Version {{version}} is back as a change. Save it to keep it.', {
      version: revision,
    });
    toast({ tone: 'neutral', title });
  };
  return (
    <aside
      className="flex w-[320px] flex-none flex-col border-line border-l bg-panel max-lg:fixed
        max-lg:inset-0 max-lg:z-40 max-lg:w-full"
      aria-label={t('History')}
    >
      <div className="panel-head border-line border-b">
        <h2 className="t-title flex-1">{t('History')}</h2>
        <button
          type="button"
          className="btn btn-ghost btn-icon btn-sm"
          aria-label={t('Close')}
          onClick={() => set({ panel: 'none' })}
        >
          <X aria-hidden />
        </button>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto p-2">
        <ul>
          {list.map((one) => (
            <VersionRow key={one.revision} one={one} chosen={one.revision === revision} />
          ))}
        </ul>
        {list.length === 0 && <p className="p-4 text-ink3">{t('Nothing saved yet')}</p>}
        {older && revision !== null && (
          <section className="mt-3 border-line border-t p-2 pt-4">
            <h3 className="t-strong mb-2">
              {t('From version {{version}} to what you see', { version: revision })}
            </h3>
            <ChangeList changes={difference(older, document)} />
            {mayEdit && (
              <div className="mt-3 flex flex-wrap gap-2">
                <button type="button" className="btn" onClick={back}>
                  <RotateCcw aria-hidden />
                  {t('Back to version {{version}}', { version: revision })}
                </button>
                {revision !== published && (
                  <button type="button" className="btn" onClick={() => publish(revision)}>
                    {t('Make it live')}
                  </button>
                )}
              </div>
            )}
          </section>
        )}
      </div>
      <p className="border-line border-t px-4 py-2.5 t-small text-ink3">
        {t('Every version is kept. Calls end on the version they began with.')}
      </p>
    </aside>
  );
}
