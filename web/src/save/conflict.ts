// What the server refused to save: somebody else was faster, or another reason in words.
import { useCallback } from 'react';
import { create } from 'zustand';
import { ApiProblem, path, request } from '@/api/request';
import type { CallflowRevision, Problem } from '@/api/types';
import { useEditorContext } from '@/editor/context';
import { useEditor } from '@/editor/store';
import { useTranslation } from '@/language/translate';
import { toast } from '@/ui/toasts';

export interface Conflict {
  theirs: CallflowRevision;
  etag: string;
  current: NonNullable<Problem['current']>;
}

export const useConflict = create<{ conflict: Conflict | null }>(() => ({ conflict: null }));

export async function readConflict(account: string, id: string, current?: Problem['current']) {
  const to = path`/accounts/${account}/callflows/${id}`;
  const { value, etag } = await request<CallflowRevision>(to);
  const { who, when_ms, latest: revision } = value;
  useConflict.setState({
    conflict: { theirs: value, etag, current: current ?? { revision, who, when_ms } },
  });
}

export function useExplained() {
  const { t } = useTranslation();
  const { account } = useEditorContext();
  return useCallback(
    async (error: unknown, retry?: () => void) => {
      if (!(error instanceof ApiProblem)) throw error;
      const { id } = useEditor.getState();
      if (error.status === 412 && id) {
        try {
          await readConflict(account, id, error.problem.current);
          return;
        } catch {
          // It is gone altogether: what the first answer said stands.
        }
      }
      toast({
        tone: 'err',
        stays: true,
        title: t('Not saved: {{why}}', { why: error.problem.detail }),
        detail: t('Your changes are safe in this browser.'),
        ...(retry ? { action: { label: t('Try again'), run: retry } } : {}),
      });
    },
    [account, t],
  );
}
