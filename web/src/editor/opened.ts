// The callflow of the address, in the store; with the draft of last time, if there is one.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { callflowQuery, revisionQuery } from '@/api/queries';
import { ApiProblem } from '@/api/request';
import { useTranslation } from '@/language/translate';
import { readDraft } from '@/save/drafts';
import { dropOffers, toast } from '@/ui/toasts';
import { isDirty, useEditor } from './store';
import { resetView } from './view-store';

// What the drawn callflow began with. A draft that is older than what is saved now stays on its own
// revision: saving it is a conflict then, and both are shown.
function useBeginning(account: string, id: string, base: number) {
  const latest = useQuery({ ...callflowQuery(account, id), enabled: id !== 'new' });
  const now = latest.data?.value.id === id ? latest.data : undefined;
  const stale = now !== undefined && base > 0 && base !== now.value.latest;
  const { data: older } = useQuery({ ...revisionQuery(account, id, base), enabled: stale });
  const missing = latest.error instanceof ApiProblem && latest.error.status === 404;
  if (!now || (stale && !older)) return { loaded: null, missing };
  const { value, etag } = now;
  const loaded = older
    ? { value: { ...older, latest: base, published: value.published }, etag: `"${base}"` }
    : { value, etag };
  return { loaded, missing, newer: older ? value : null };
}

export function useOpened(account: string, id: string): { ready: boolean; missing: boolean } {
  const { t } = useTranslation();
  const fresh = id === 'new';
  const [opened, setOpened] = useState('');
  const draft = useMemo(() => readDraft(account, fresh ? null : id), [account, fresh, id]);
  const { loaded, missing, newer } = useBeginning(account, id, draft?.base ?? 0);
  useEffect(() => {
    if (opened === id) return;
    if (opened === 'new' && useEditor.getState().id === id) {
      setOpened(id); // saved for the first time: it is open already
      return;
    }
    if (!fresh && !loaded) return;
    resetView();
    dropOffers();
    if (fresh) useEditor.getState().openNew(draft?.document);
    else if (loaded) useEditor.getState().open(loaded.value, loaded.etag, draft?.document);
    setOpened(id);
    if (!draft || !isDirty(useEditor.getState())) return;
    const { saved } = useEditor.getState();
    toast({
      tone: newer ? 'warn' : 'neutral',
      title: t('Your unsaved changes are back'),
      ...(newer
        ? { detail: t('{{who}} saved meanwhile: you see both when you save.', { who: newer.who }) }
        : {}),
      action: { label: t('Drop them'), run: () => useEditor.getState().change(saved) },
    });
  }, [draft, fresh, id, loaded, newer, opened, t]);
  return { ready: opened === id, missing };
}
