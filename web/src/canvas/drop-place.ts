// A place in the diagram where something dragged may be dropped, or is refused with a reason.

import type { At } from '@/callflow/placement';
import { useDeeds } from '@/editor/deeds';
import { useEditor } from '@/editor/store';
import { useView } from '@/editor/view-store';
import { useTranslation } from '@/language/translate';

export interface DropPlace {
  state: 'legal' | 'over' | 'refused' | undefined;
  reason: string | undefined;
  short: string;
  title: string;
  handlers: {
    onDragOver?: (event: React.DragEvent) => void;
    onDragLeave?: (event: React.DragEvent) => void;
    onDrop?: (event: React.DragEvent) => void;
  };
}

function keyOf(at: At): string {
  if ('before' in at) return `before:${at.before}`;
  return at.key === undefined ? `under:${at.under ?? ''}` : `under:${at.under} ${at.key}`;
}

export function useDropPlace(at: At): DropPlace {
  const { t } = useTranslation();
  const deeds = useDeeds();
  const carried = useView((state) => state.carried);
  const key = keyOf(at);
  // A block is meant as long as one of its branches is.
  const over = useView(({ over }) => over === key || over?.startsWith(`${key} `) === true);
  useEditor((state) => (carried ? state.document : null));
  const idle = { state: undefined, reason: undefined, short: '', title: '', handlers: {} };
  if (!carried) return idle;

  const verdict = deeds.verdict(at, carried);
  const title = carried.title;
  const set = useView.getState().set;
  const handlers = {
    onDragOver: (event: React.DragEvent) => {
      event.stopPropagation();
      if (!verdict.legal) return;
      event.preventDefault();
      if (useView.getState().over !== key) set({ over: key });
    },
    onDragLeave: (event: React.DragEvent) => {
      if (event.currentTarget.contains(event.relatedTarget as Node | null)) return;
      if (useView.getState().over === key) set({ over: null });
    },
    onDrop: (event: React.DragEvent) => {
      event.preventDefault();
      event.stopPropagation();
      set({ carried: null, over: null });
      deeds.place(at, carried);
    },
  };
  if (verdict.legal) {
    return { state: over ? 'over' : 'legal', reason: undefined, short: '', title, handlers };
  }
  return {
    state: 'refused',
    reason: verdict.reason,
    short: verdict.reason || t('Not here'),
    title,
    handlers,
  };
}
