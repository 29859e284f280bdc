import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CallflowRevision } from '@/api/types';
import type { CallflowDocument } from '@/callflow/document';
import { sameJson } from '@/callflow/document';
import { corpusDocuments, documents, performStep, type Step, steps } from '@/testing/any-callflow';
import { history, isDirty, useEditor } from './store';

const LONG_MS = 60_000; // on a busy machine

function revisionOf(document: CallflowDocument, revision: number): CallflowRevision {
  const head = { id: 'any', revision, latest: revision, published: 0, note: '' };
  return { ...head, who: 'admin', when_ms: 0, document };
}

function open(document: CallflowDocument): CallflowDocument {
  useEditor.getState().open(revisionOf(document, 1), '"1"');
  return useEditor.getState().document;
}

const drawn = () => useEditor.getState().document;

type Command = { do: 'step'; step: Step } | { do: 'undo' | 'redo' | 'save' };

const commands = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: steps.filter((list) => list.length > 0).map(([step]) => step) },
      { weight: 2, arbitrary: fc.constantFrom('undo' as const, 'redo' as const, 'save' as const) },
    ),
    { maxLength: 30 },
  )
  .map((list): Command[] =>
    list.flatMap((one): Command[] => {
      if (typeof one === 'string') return [{ do: one }];
      return one ? [{ do: 'step', step: one }] : [];
    }),
  );

// What the editor has to do: a row of documents, and where we are in it.
function run(list: readonly Command[], start: CallflowDocument): void {
  let row = [start];
  let at = 0;
  for (const command of list) {
    if (command.do === 'step') {
      const outcome = performStep(drawn(), command.step);
      if (!outcome.ok) continue;
      useEditor.getState().change(outcome.document);
      if (!sameJson(outcome.document, row[at])) {
        row = [...row.slice(0, at + 1), outcome.document];
        at += 1;
      }
    } else if (command.do === 'save') {
      const sent = drawn();
      const stored = JSON.parse(JSON.stringify(sent)) as CallflowDocument;
      useEditor.getState().markSaved(revisionOf(stored, 2), '"2"', sent);
      expect(isDirty(useEditor.getState())).toBe(false);
    } else {
      at = Math.max(0, Math.min(row.length - 1, at + (command.do === 'undo' ? -1 : 1)));
      history()[command.do]();
    }
    expect(sameJson(drawn(), row[at])).toBe(true);
  }
}

function undoAll(): void {
  while (history().pastStates.length > 0) history().undo();
}

function redoAll(): void {
  while (history().futureStates.length > 0) history().redo();
}

describe('the editor', () => {
  beforeEach(() => useEditor.getState().openNew());

  it(
    'undoes and redoes any sequence, and saving changes nothing of it',
    () => {
      fc.assert(
        fc.property(documents, commands, (document, list) => {
          const start = open(document);
          run(list, start);
          redoAll();
          const last = JSON.stringify(drawn());
          undoAll();
          expect(sameJson(drawn(), start)).toBe(true);
          redoAll();
          expect(JSON.stringify(drawn())).toBe(last);
        }),
        { numRuns: 200 },
      );
    },
    LONG_MS,
  );

  it.each(corpusDocuments)(
    '$path: any sequence undone is the callflow again',
    ({ document }) => {
      fc.assert(
        fc.property(commands, (list) => {
          const start = open(document);
          const before = JSON.stringify(start);
          run(list, start);
          undoAll();
          expect(JSON.stringify(drawn())).toBe(before);
        }),
        { numRuns: 5 },
      );
    },
    LONG_MS,
  );

  it('is saved when the server has stored it, -0 as 0 too', () => {
    open({ name: 'x', flow: { id: 'a', module: 'sleep', data: { duration: -0 } } });
    const sent = drawn();
    const stored = JSON.parse(JSON.stringify(sent)) as CallflowDocument;
    useEditor.getState().markSaved(revisionOf(stored, 2), '"2"', sent);
    history().undo();
    expect(isDirty(useEditor.getState())).toBe(false);
    useEditor.getState().change(sent);
    expect(isDirty(useEditor.getState())).toBe(false);
  });

  it('keeps the last step undoable through the first save, which gives the callflow its id', () => {
    useEditor.getState().change({ name: 'New', numbers: [], flow: {} });
    const sent = drawn();
    useEditor.getState().markSaved(revisionOf({ ...sent, id: 'given' }, 1), '"1"', sent);
    history().undo();
    expect(drawn().name).toBe('');
    history().redo();
    expect(isDirty(useEditor.getState())).toBe(false);
  });
});
