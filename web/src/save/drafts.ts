// Unsaved work survives a reload: one draft per callflow, in this browser.
import { type CallflowDocument, isObject } from '@/callflow/document';
import { isDirty, useEditor } from '@/editor/store';

const WAIT_MS = 400;

export interface Draft {
  document: CallflowDocument;
  base: number; // the revision it began with
  at_ms: number;
}

function nameOf(account: string, id: string | null): string {
  return `strowger.draft.${account}.${id ?? 'new'}`;
}

export function readDraft(account: string, id: string | null): Draft | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(nameOf(account, id)) ?? 'null');
    return isObject(value) && isObject(value.document) ? (value as unknown as Draft) : null;
  } catch {
    return null;
  }
}

export function dropDraft(account: string, id: string | null): void {
  localStorage.removeItem(nameOf(account, id));
}

export function writeDraft(account: string): void {
  const state = useEditor.getState();
  if (!isDirty(state)) {
    dropDraft(account, state.id);
    return;
  }
  const draft: Draft = { document: state.document, base: state.revision, at_ms: Date.now() };
  try {
    localStorage.setItem(nameOf(account, state.id), JSON.stringify(draft));
  } catch {
    // Storage is full or forbidden: the page still asks before it is left.
  }
}

// Writes a moment after the last change, and at once when the page goes away.
export function keepDrafts(account: string): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let loadedId = useEditor.getState().id;
  let touched = false; // a page that is left before it has loaded has no say about drafts
  const stop = useEditor.subscribe((state, before) => {
    clearTimeout(timer);
    if (state.id !== before.id) {
      loadedId = state.id;
      return;
    }
    if (state.document === before.document && state.saved === before.saved) return;
    touched = true;
    timer = setTimeout(() => state.id === loadedId && writeDraft(account), WAIT_MS);
  });
  const now = () => touched && writeDraft(account);
  window.addEventListener('pagehide', now);
  return () => {
    stop();
    clearTimeout(timer);
    window.removeEventListener('pagehide', now);
  };
}
