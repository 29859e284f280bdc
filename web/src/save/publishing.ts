// Which version takes calls: another one, or none.
import { useQueryClient } from '@tanstack/react-query';
import { ApiProblem, path, request } from '@/api/request';
import type { SavedCallflow } from '@/api/types';
import { useEditorContext } from '@/editor/context';
import { useEditor } from '@/editor/store';
import { useView } from '@/editor/view-store';
import { useTranslation } from '@/language/translate';
import { ask } from '@/ui/confirm';
import { toast } from '@/ui/toasts';
import { useExplained } from './conflict';

export function usePublishing() {
  const { t } = useTranslation();
  const { account } = useEditorContext();
  const cache = useQueryClient();
  const explain = useExplained();

  const send = async (verb: 'publish' | 'unpublish', body: object): Promise<number | null> => {
    const { id, etag } = useEditor.getState();
    if (id === null) return null;
    try {
      const to = path`/accounts/${account}/callflows/${id}/${verb}`;
      const call = { method: 'POST' as const, body, ifMatch: etag };
      const { value, etag: next } = await request<SavedCallflow>(to, call);
      useEditor.setState({ published: value.published, etag: next });
      await cache.invalidateQueries({ queryKey: [account] });
      return value.published;
    } catch (error) {
      if (error instanceof ApiProblem && error.problem.findings) {
        useView.getState().set({ findings: error.problem.findings, problems: true });
      }
      await explain(error);
      return null;
    }
  };

  const publish = async (revision: number) => {
    const version = await send('publish', { revision });
    if (version === null) return;
    toast({ tone: 'ok', title: t('Version {{version}} is live', { version }) });
  };

  const unpublish = async () => {
    const yes = await ask({
      title: t('Take this callflow off line?'),
      text: t('New calls to its numbers find nobody; other callflows can have the numbers then.'),
      yes: t('Take off line'),
      no: t('Keep it live'),
      danger: true,
    });
    if (!yes || (await send('unpublish', {})) === null) return;
    toast({ tone: 'neutral', title: t('No version takes calls any more') });
  };

  return { publish, unpublish };
}
