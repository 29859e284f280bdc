// The server's lint, a moment after every change.
import { useEffect } from 'react';
import { path, request } from '@/api/request';
import type { LintReport } from '@/api/types';
import { useEditor } from '@/editor/store';
import { useView } from '@/editor/view-store';

const WAIT_MS = 350;

export function useLiveLint(account: string): void {
  const document = useEditor((state) => state.document);
  const id = useEditor((state) => state.id);
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      // The id tells lint which numbers are this callflow's own.
      const body = id ? { ...document, id } : document;
      const call = { method: 'POST' as const, body, signal: abort.signal };
      try {
        const { value } = await request<LintReport>(path`/accounts/${account}/lint`, call);
        useView.getState().set({ findings: value.findings });
      } catch {
        // Without a server the last findings stay; saving says what is wrong.
      }
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [account, document, id]);
}
