// What the server tells while a callflow is open: where its calls are, and what others save.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useServerEvents } from '@/api/events';
import { sessionQuery } from '@/api/queries';
import { path, request } from '@/api/request';
import type { CallflowRevision, ServerEvent } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { countInList, followCall } from '@/live/live-calls';
import { readConflict } from '@/save/conflict';
import { toast } from '@/ui/toasts';
import { isDirty, useEditor } from './store';

export function useEditorEvents(account: string, callflow: string): void {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const user = useQuery(sessionQuery).data?.user;

  const othersSaved = useCallback(
    async ({ revision = 0, who = '' }: ServerEvent) => {
      const title = t('{{who}} saved version {{version}} meanwhile', { who, version: revision });
      if (isDirty(useEditor.getState())) {
        const compare = () => void readConflict(account, callflow);
        const detail = t('Compare before you save yours.');
        const action = { label: t('Compare'), run: compare };
        toast({ tone: 'warn', stays: true, title, detail, action });
        return;
      }
      const to = path`/accounts/${account}/callflows/${callflow}`;
      const { value, etag } = await request<CallflowRevision>(to);
      const now = useEditor.getState();
      if (now.id !== callflow || isDirty(now)) return;
      now.open(value, etag);
      toast({ tone: 'neutral', title, detail: t('You see it now.') });
    },
    [account, callflow, t],
  );

  const onEvent = useCallback(
    (event: ServerEvent) => {
      followCall(callflow, event);
      countInList(cache, account, event);
      const others = event.type === 'callflow.changed' && event.who !== user;
      const { id, revision } = useEditor.getState();
      if (others && event.callflow === id && (event.revision ?? 0) > revision) {
        othersSaved(event).catch(() => undefined); // a save would find out
      }
    },
    [account, cache, callflow, othersSaved, user],
  );
  useServerEvents(account, onEvent);
}
