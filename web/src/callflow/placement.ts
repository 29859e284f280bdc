// Where an action, or a block with its subtree, may go; and if not, why not, in one sentence.

import type { Action } from '@/api/types';
import type { Translate } from '@/language/translate';
import { canCarryOn, following, freeKeys } from './branches';
import {
  type Block,
  type CallflowDocument,
  DEFAULT_BRANCH,
  findPlace,
  type JsonObject,
  rootOf,
  subtreeIds,
} from './document';
import type { Target } from './operations';

export type Catalog = ReadonlyMap<string, Action>;

// What is being placed: an action from the catalog, or a block that is there already.
export interface Carried {
  action: Action | undefined;
  title: string;
  block?: Block; // with its subtree
  data?: JsonObject; // what a new one begins with
}

// Where somebody points at: a block that something goes under, perhaps by a branch of its choice, or
// a block that it goes before. `under: null` is the Main Callflow Block.
export type At = { under: string | null; key?: string } | { before: string };

export type Verdict =
  | { legal: true; target: Target; askKey: boolean }
  | { legal: false; reason: string };

function titleOf(catalog: Catalog, block: Block): string {
  return catalog.get(block.module)?.title ?? block.module;
}

export function placeUnder(
  document: CallflowDocument,
  catalog: Catalog,
  { under: parentId, key: chosen }: Extract<At, { under: string | null }>,
  carried: Carried,
  t: Translate,
): Verdict {
  if (parentId === null) {
    const root = rootOf(document);
    if (!root) return { legal: true, target: { under: null, key: DEFAULT_BRANCH }, askKey: false };
    return placeBefore(document, catalog, String(root.id), carried, t);
  }
  const place = findPlace(document, parentId);
  if (!place) return { legal: false, reason: t('That block is not there any more') };
  if (carried.block && subtreeIds(carried.block).has(parentId)) {
    return { legal: false, reason: t('A block can’t go below itself') };
  }
  const parent = catalog.get(place.block.module);
  const title = titleOf(catalog, place.block);
  switch (following(parent, place.block)) {
    case 'never':
      return {
        legal: false,
        reason: t('{{title}} ends the call: nothing can follow it', { title }),
      };
    case 'full': {
      const child = place.block.children?.[DEFAULT_BRANCH];
      if (!child) return { legal: false, reason: t('{{title}} has no free branch', { title }) };
      return placeBefore(document, catalog, String(child.id), carried, t);
    }
    default: {
      const free = freeKeys(parent, place.block);
      const key = chosen === undefined ? free[0] : free.find((one) => one === chosen);
      if (key === undefined) {
        return { legal: false, reason: t('{{title}} has no free branch', { title }) };
      }
      const askKey = chosen === undefined && parent?.branches === 'keyed';
      return { legal: true, target: { under: parentId, key }, askKey };
    }
  }
}

export function placeBefore(
  document: CallflowDocument,
  catalog: Catalog,
  id: string,
  carried: Carried,
  t: Translate,
): Verdict {
  const place = findPlace(document, id);
  if (!place) return { legal: false, reason: t('That block is not there any more') };
  if (carried.block && subtreeIds(carried.block).has(id)) {
    return { legal: false, reason: t('A block can’t go below itself') };
  }
  const next = titleOf(catalog, place.block);
  if (!canCarryOn(carried.action)) {
    const reason = t('{{title}} ends the call, so it can’t go before {{next}}', {
      title: carried.title,
      next,
    });
    return { legal: false, reason };
  }
  if (carried.block?.children && Object.hasOwn(carried.block.children, DEFAULT_BRANCH)) {
    return { legal: false, reason: t('The moved block has a next block already') };
  }
  return { legal: true, target: { before: id }, askKey: false };
}

// The blocks that a call has passed before it gets to a new block at `target`.
export function blocksBefore(document: CallflowDocument, target: Target): Block[] {
  const id = 'before' in target ? target.before : target.under;
  const place = id === null ? null : findPlace(document, id);
  if (!place) return [];
  const ids = 'before' in target ? place.path.slice(0, -1) : place.path;
  return ids.flatMap((one) => findPlace(document, one)?.block ?? []);
}

export function answersCall(action: Action | undefined, block: Block): boolean {
  const answers = action?.answers;
  if (typeof answers !== 'object') return answers === true;
  const value = block.data?.[answers.param];
  return typeof value === 'boolean' ? value : answers.default;
}
