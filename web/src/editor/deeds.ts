// What the user does to the callflow, by mouse, key or menu: one deed, one undo step, one
// announcement.
import { useMemo } from 'react';
import { freeKeys } from '@/callflow/branches';
import { type Block, findPlace, idOf, isSkipped, type JsonObject } from '@/callflow/document';
import { faceOf } from '@/callflow/face';
import * as tree from '@/callflow/operations';
import { type At, type Carried, placeBefore, placeUnder, type Verdict } from '@/callflow/placement';
import type { Entry } from '@/catalog/groups';
import { type Translate, useTranslation } from '@/language/translate';
import { toast } from '@/ui/toasts';
import { type EditorContext, useEditorContext } from './context';
import { focusBlock } from './focus';
import { history, useEditor } from './store';
import { MAIN, useView } from './view-store';

const CLIP_TYPE = 'strowger/block';

function refusalText(refusal: tree.Refusal, t: Translate): string {
  const texts: Record<tree.Refusal, string> = {
    gone: t('That block is not there any more'),
    occupied: t('That branch has a block already'),
    'own-subtree': t('A block can’t go below itself'),
  };
  return texts[refusal];
}

export class Deeds {
  constructor(
    private readonly context: EditorContext,
    private readonly t: Translate,
  ) {}

  get mayEdit() {
    return this.context.mayEdit;
  }

  private get document() {
    return useEditor.getState().document;
  }

  nameOf(block: Block): string {
    const face = faceOf(block, this.context.catalog.get(block.module), this.context.names, this.t);
    return face.value.startsWith(face.kicker) ? face.value : `${face.kicker} ${face.value}`;
  }

  perform(outcome: tree.Outcome, said: string): boolean {
    const view = useView.getState();
    if (!this.mayEdit) return false;
    if (!outcome.ok) {
      toast({ tone: 'warn', title: refusalText(outcome.refusal, this.t) });
      return false;
    }
    useEditor.getState().change(outcome.document);
    focusBlock(findPlace(outcome.document, outcome.id) ? outcome.id : MAIN);
    view.announce(said);
    return true;
  }

  private where(target: tree.Target): string {
    if ('before' in target) {
      const next = findPlace(this.document, target.before);
      return next ? this.t('before {{name}}', { name: this.nameOf(next.block) }) : '';
    }
    const parent = target.under === null ? null : findPlace(this.document, target.under);
    if (!parent) return this.t('as the first block');
    return this.t('under {{name}}', { name: this.nameOf(parent.block) });
  }

  insert(target: tree.Target, block: Block): boolean {
    const said = `${this.t('{{name}} added', { name: this.nameOf(block) })}, ${this.where(target)}`;
    return this.perform(tree.insert(this.document, target, block), said);
  }

  verdict(at: At, carried: Carried): Verdict {
    const { catalog } = this.context;
    if ('before' in at) return placeBefore(this.document, catalog, at.before, carried, this.t);
    const under = at.under === MAIN ? null : at.under;
    return placeUnder(this.document, catalog, { ...at, under }, carried, this.t);
  }

  carry({ name, title, preset }: Entry): Carried {
    const action = this.context.catalog.get(name);
    return { action, title, ...(preset && { data: preset as JsonObject }) };
  }

  carryBlock(block: Block): Carried {
    const action = this.context.catalog.get(block.module);
    return { action, title: action?.title ?? block.module, block };
  }

  // Drop, click or key: the same for all.
  place(at: At, carried: Carried): void {
    if (!this.mayEdit) return;
    const verdict = this.verdict(at, carried);
    if (!verdict.legal) {
      toast({ tone: 'warn', title: verdict.reason });
      useView.getState().announce(verdict.reason);
      return;
    }
    const { target, askKey } = verdict;
    if (carried.block) this.move(carried.block, target, askKey);
    else if (carried.action) {
      const plain = Object.keys(carried.action.params).length === 0 && !askKey;
      if (plain) this.insert(target, tree.newBlock(carried.action.name));
      else {
        const { action, data } = carried;
        const pop = { kind: 'new' as const, action, target, askKey, ...(data && { data }) };
        useView.getState().set({ pop });
      }
    }
  }

  // Where no branch was pointed at, a block keeps its key if that is free.
  private move(block: Block, target: tree.Target, anyKey: boolean): void {
    const id = idOf(block);
    const said = this.t('{{name}} moved', { name: this.nameOf(block) });
    const from = findPlace(this.document, id);
    let to = target;
    if (from && anyKey && 'under' in target && target.under !== null) {
      const parent = findPlace(this.document, target.under)?.block;
      const offered = parent ? freeKeys(this.context.catalog.get(parent.module), parent) : [];
      const key = tree.keptKey(this.document, target.under, from.key, offered);
      to = { ...target, key: key ?? target.key };
    }
    this.perform(tree.move(this.document, id, to), said);
  }

  remove(id: string): void {
    const place = findPlace(this.document, id);
    if (!place) return;
    const name = this.nameOf(place.block);
    const before = this.document;
    if (!this.perform(tree.remove(this.document, id), this.t('{{name}} deleted', { name }))) return;
    focusBlock(place.parent ? idOf(place.parent) : MAIN);
    toast({
      tone: 'neutral',
      title: this.t('{{name}} deleted', { name }),
      action: {
        label: this.t('Undo'),
        run: () => {
          useEditor.getState().change(before);
          focusBlock(id);
        },
      },
    });
  }

  bypass(id: string): void {
    const place = findPlace(this.document, id);
    if (!place) return;
    const on = !isSkipped(place.block);
    const name = this.nameOf(place.block);
    const said = on
      ? this.t('{{name}} bypassed', { name })
      : this.t('{{name}} runs again', { name });
    this.perform(tree.bypass(this.document, id, on), said);
  }

  copy(id: string): void {
    const place = findPlace(this.document, id);
    if (!place) return;
    useView.getState().set({ clipboard: place.block });
    useView.getState().announce(this.t('{{name}} copied', { name: this.nameOf(place.block) }));
    const text = JSON.stringify({ type: CLIP_TYPE, block: place.block });
    navigator.clipboard?.writeText(text).catch(() => undefined);
  }

  cut(id: string): void {
    this.copy(id);
    this.remove(id);
  }

  paste(under: string | null): void {
    const block = useView.getState().clipboard;
    if (!block) return;
    const carried = this.carryBlock(block);
    const { block: _, ...asNew } = carried;
    const at = { under: under === MAIN ? null : under };
    const verdict = this.verdict(at, asNew);
    if (!verdict.legal) {
      toast({ tone: 'warn', title: verdict.reason });
      return;
    }
    const said = this.t('{{name}} pasted', { name: this.nameOf(block) });
    this.perform(tree.paste(this.document, verdict.target, block), said);
  }

  duplicate(id: string): void {
    const place = findPlace(this.document, id);
    if (!place?.parent) return;
    const action = this.context.catalog.get(place.parent.module);
    const [key] = freeKeys(action, place.parent);
    if (key === undefined) {
      toast({ tone: 'warn', title: this.t('There is no free branch for a copy') });
      return;
    }
    const target = { under: idOf(place.parent), key };
    const said = this.t('{{name}} pasted', { name: this.nameOf(place.block) });
    this.perform(tree.paste(this.document, target, place.block), said);
  }

  undo(): void {
    history().undo();
    useView.getState().announce(this.t('Undone'));
  }

  redo(): void {
    history().redo();
    useView.getState().announce(this.t('Redone'));
  }
}

export function useDeeds(): Deeds {
  const context = useEditorContext();
  const { t } = useTranslation();
  return useMemo(() => new Deeds(context, t), [context, t]);
}
