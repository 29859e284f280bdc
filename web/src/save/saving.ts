// Save Changes, Save and Duplicate, Save and Create, Cancel: as the manual of the product has them.
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { create } from 'zustand';
import { type Answer, ApiProblem, path, request } from '@/api/request';
import type { SavedCallflow } from '@/api/types';
import { difference } from '@/callflow/difference';
import type { CallflowDocument } from '@/callflow/document';
import { useEditorContext } from '@/editor/context';
import { isDirty, useEditor } from '@/editor/store';
import { resetView, useView } from '@/editor/view-store';
import { useTranslation } from '@/language/translate';
import { ask } from '@/ui/confirm';
import { toast } from '@/ui/toasts';
import { useExplained } from './conflict';
import { dropDraft } from './drafts';

// One save at a time, whoever asks: menu, key or palette.
const useBusy = create<{ busy: boolean }>(() => ({ busy: false }));

interface SaveOptions {
  publish: boolean;
  etag?: string;
}

async function write(account: string, options: SaveOptions): Promise<Answer<SavedCallflow>> {
  const { id, document, etag } = useEditor.getState();
  const query = { publish: options.publish, note: useView.getState().revisionNote.trim() };
  if (id === null) {
    const to = path`/accounts/${account}/callflows`;
    return request<SavedCallflow>(to, { method: 'POST', body: document, query });
  }
  const to = path`/accounts/${account}/callflows/${id}`;
  const ifMatch = options.etag ?? etag;
  return request<SavedCallflow>(to, { method: 'PUT', body: document, query, ifMatch });
}

// The server judges: what it will not make live is kept as a draft.
async function publishOrKeep(account: string, options: Partial<SaveOptions>) {
  try {
    return await write(account, { ...options, publish: options.publish ?? true });
  } catch (error) {
    const refused = error instanceof ApiProblem && error.status === 422;
    if (!refused || !error.problem.findings || options.publish) throw error;
    useView.getState().set({ findings: error.problem.findings });
    return write(account, { ...options, publish: false });
  }
}

export function useChangeCount(): number {
  const document = useEditor((state) => state.document);
  const saved = useEditor((state) => state.saved);
  return useMemo(() => difference(saved, document).count, [saved, document]);
}

export function useDirty(): boolean {
  return useEditor(isDirty);
}

export function useSaving() {
  const { t } = useTranslation();
  const { account } = useEditorContext();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const busy = useBusy((state) => state.busy);

  const explain = useExplained();

  const save = useCallback(
    async (options: Partial<SaveOptions> = {}): Promise<SavedCallflow | null> => {
      if (useBusy.getState().busy) return null;
      const { id: before, document: sent } = useEditor.getState();
      const wasNew = before === null;
      useBusy.setState({ busy: true });
      try {
        const { value, etag } = await publishOrKeep(account, options);
        if (wasNew) dropDraft(account, null);
        useEditor.getState().markSaved(value, etag, sent);
        useView.getState().set({ revisionNote: '' });
        dropDraft(account, value.id);
        await cache.invalidateQueries({ queryKey: [account] });
        const version = value.latest;
        const live = value.published === value.latest;
        toast({
          tone: live ? 'ok' : 'neutral',
          title: live
            ? t('Version {{version}} is live', { version })
            : t('Version {{version}} is kept as a draft', { version }),
          detail: live ? t('New calls use it.') : t('It takes no calls yet.'),
        });
        return value;
      } catch (error) {
        await explain(error, () => void save(options));
        return null;
      } finally {
        useBusy.setState({ busy: false });
      }
    },
    [account, cache, explain, t],
  );

  const go = useCallback(
    (id: string) => navigate({ to: '/callflows/$id', params: { id } }),
    [navigate],
  );

  const saveChanges = useCallback(async () => {
    const wasNew = useEditor.getState().id === null;
    const saved = await save();
    if (saved && wasNew) await go(saved.id);
  }, [save, go]);

  const saveAndDuplicate = useCallback(async () => {
    const saved = await save();
    if (!saved) return;
    try {
      const to = path`/accounts/${account}/callflows/${saved.id}/duplicate`;
      const { value } = await request<SavedCallflow>(to, { method: 'POST', body: {} });
      await cache.invalidateQueries({ queryKey: [account, 'callflows'] });
      await go(value.id);
    } catch (error) {
      await explain(error, () => undefined);
    }
  }, [account, cache, explain, go, save]);

  const saveAndCreate = useCallback(async () => {
    if (!(await save())) return;
    useEditor.getState().openNew();
    resetView();
    await navigate({ to: '/callflows/$id', params: { id: 'new' } });
  }, [navigate, save]);

  const cancel = useCallback(async () => {
    const state = useEditor.getState();
    const count = difference(state.saved, state.document).count;
    const version = state.revision;
    const name = state.saved.name ?? '';
    const text = version
      ? t('{{name}} goes back to version {{version}}. You can still undo this until you leave.', {
          name,
          version,
        })
      : t('What you have drawn is dropped. You can still undo this until you leave.');
    const yes = await ask({
      title: t('Drop your {{count}} changes?', { count }),
      text,
      yes: t('Drop changes'),
      no: t('Keep editing'),
      danger: true,
    });
    if (!yes) return;
    state.change(state.saved);
    dropDraft(account, state.id);
  }, [account, t]);

  return { busy, save, saveChanges, saveAndDuplicate, saveAndCreate, cancel };
}

export async function saveAsCopy(account: string, document: CallflowDocument): Promise<string> {
  const { id: _, ...rest } = document;
  const body = { ...rest, name: `${document.name ?? ''} copy`, numbers: [] };
  const to = path`/accounts/${account}/callflows`;
  const { value } = await request<SavedCallflow>(to, { method: 'POST', body });
  return value.id;
}
