// What every block pop-up needs: where the block is, and how its data gets into the callflow.
import { useState } from 'react';
import type { Action } from '@/api/types';
import { branchWords } from '@/callflow/branches';
import {
  type Block,
  dataOf,
  findPlace,
  isSkipped,
  type JsonObject,
  notesOf,
  rootOf,
} from '@/callflow/document';
import { edit, newBlock, type Target, withNotes } from '@/callflow/operations';
import { blocksBefore } from '@/callflow/placement';
import { useEditorContext } from '@/editor/context';
import { useDeeds } from '@/editor/deeds';
import { useEditor } from '@/editor/store';
import { useView } from '@/editor/view-store';
import { useTranslation } from '@/language/translate';
import { useBranchProblem } from './branch-field';

export type Opened =
  | { kind: 'new'; action: Action; target: Target; askKey: boolean; data?: JsonObject }
  | { kind: 'edit'; id: string; block: Block; action: Action };

export interface BlockForm {
  fresh: boolean;
  data: JsonObject;
  parent: Block | null; // set while the branch is asked for
  key: string;
  setKey: (key: string) => void;
  keyProblem: string | null;
  where: string;
  before: Block[]; // what a call has passed when it gets here
  skipped: boolean; // bypassed when the pop-up opened, and still to be
  runAgain: () => void;
  notes: string;
  setNotes: (notes: string) => void;
  close: () => void;
  commit: (data: JsonObject) => void;
}

const NOWHERE: Block = { module: '' };

export function useBlockForm(opened: Opened): BlockForm {
  const { t } = useTranslation();
  const { catalog } = useEditorContext();
  const deeds = useDeeds();
  const document = useEditor((state) => state.document);
  const set = useView((state) => state.set);
  const place = opened.kind === 'edit' ? findPlace(document, opened.id) : null;
  const target: Target =
    opened.kind === 'new'
      ? opened.target
      : { under: place?.parent ? String(place.parent.id) : null, key: place?.key ?? '_' };
  const parent =
    'before' in target
      ? (findPlace(document, target.before)?.parent ?? null)
      : ((target.under === null ? null : findPlace(document, target.under)?.block) ?? null);
  const fixedKey =
    'before' in target ? (findPlace(document, target.before)?.key ?? '_') : target.key;
  const [key, setKey] = useState(fixedKey);
  const [notes, setNotes] = useState(opened.kind === 'edit' ? notesOf(opened.block) : '');
  const asks = opened.kind === 'new' && opened.askKey && parent !== null;
  const problem = useBranchProblem(parent ?? NOWHERE, key);

  const wasSkipped = opened.kind === 'edit' && isSkipped(opened.block);
  const [skipped, setSkipped] = useState(wasSkipped);

  const { cap, words } = branchWords(parent ? catalog.get(parent.module) : undefined, key, t);
  const branch = cap ? t('key {{key}}', { key: cap }) : words;
  const where = parent
    ? [deeds.nameOf(parent), branch].filter(Boolean).join(', ')
    : t('First block');
  const before =
    opened.kind === 'new' || place?.parent
      ? blocksBefore(document, opened.kind === 'new' ? opened.target : target)
      : [];
  const close = () => set({ pop: null });
  const commit = (filled: JsonObject) => {
    close();
    const { skip_module: _, ...running } = filled;
    const data = wasSkipped && !skipped ? running : filled;
    if (opened.kind === 'edit') {
      const said = t('{{name}} changed', { name: deeds.nameOf({ ...opened.block, data }) });
      deeds.perform(edit(document, opened.id, { data, notes }), said);
      return;
    }
    const at = 'before' in target ? target : { under: target.under, key };
    deeds.insert(at, withNotes(newBlock(opened.action.name, data), notes));
  };
  return {
    fresh: opened.kind === 'new',
    data: opened.kind === 'edit' ? dataOf(opened.block) : (opened.data ?? {}),
    parent: asks ? parent : null,
    key,
    setKey,
    keyProblem: asks ? problem : null,
    where: rootOf(document) ? where : t('First block'),
    before,
    skipped,
    runAgain: () => setSkipped(false),
    notes,
    setNotes,
    close,
    commit,
  };
}
