// The callflow that is being edited, and what has been undone. The saved document is kept beside
// it: "changed" always means "differs from what is saved", never a flag.
import { type TemporalState, temporal } from 'zundo';
import { create, useStore } from 'zustand';
import type { CallflowRevision } from '@/api/types';
import { withIds } from '@/callflow/block-ids';
import { type CallflowDocument, emptyDocument, sameJson } from '@/callflow/document';

const UNDO_STEPS_MAX = 200;

export interface EditorState {
  id: string | null; // null: never saved
  document: CallflowDocument;
  saved: CallflowDocument;
  revision: number; // the latest that we have seen; 0 for a new one
  published: number;
  etag: string;
  open: (loaded: CallflowRevision, etag: string, draft?: CallflowDocument) => void;
  openNew: (document?: CallflowDocument) => void;
  change: (document: CallflowDocument) => void;
  markSaved: (saved: CallflowRevision, etag: string, sent: CallflowDocument) => void;
}

type Drawn = Pick<EditorState, 'document'>; // what can be undone

export const useEditor = create<EditorState>()(
  temporal(
    (set, get) => ({
      id: null,
      document: emptyDocument(),
      saved: emptyDocument(),
      revision: 0,
      published: 0,
      etag: '',
      open: (loaded, etag, draft) => {
        const saved = withIds(loaded.document);
        const { id, latest: revision, published } = loaded;
        set({ id, saved, document: draft ? withIds(draft) : saved, revision, published, etag });
        history().clear();
      },
      openNew: (document = emptyDocument()) => {
        const saved = emptyDocument();
        set({ id: null, saved, document, revision: 0, published: 0, etag: '' });
        history().clear();
      },
      change: (document) => set({ document }),
      // What was typed while the save was under way stays a change.
      markSaved: (answer, etag, sent) => {
        const saved = withIds(answer.document);
        const now = get().document;
        const { id, latest: revision, published } = answer;
        const document = now === sent ? saved : { ...now, id };
        const named = (state: Partial<Drawn>): Drawn => ({ document: { ...state.document, id } });
        if (get().id === null) {
          useEditor.temporal.setState(({ pastStates, futureStates }) => ({
            pastStates: pastStates.map(named),
            futureStates: futureStates.map(named),
          }));
        }
        history().pause(); // saving is no step to be undone
        set({ id, saved, document, revision, published, etag });
        history().resume();
      },
    }),
    {
      partialize: ({ document }): Drawn => ({ document }),
      equality: (a, b) => sameJson(a.document, b.document),
      limit: UNDO_STEPS_MAX,
    },
  ),
);

type History = TemporalState<Drawn>;

export function history(): History {
  return useEditor.temporal.getState();
}

export function useHistory<Value>(pick: (state: History) => Value): Value {
  return useStore(useEditor.temporal, pick);
}

export function isDirty(state: EditorState): boolean {
  return state.document !== state.saved && !sameJson(state.document, state.saved);
}
