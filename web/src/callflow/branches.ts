// Branch keys: which ones a block may have, and how people read them.

import type { Action } from '@/api/types';
import type { Translate } from '@/language/translate';
import { type Block, childAt, childrenOf, DEFAULT_BRANCH } from './document';

export interface BranchWords {
  cap: string; // shown as a key cap; "" for none
  words: string;
}

const CAUSES: Record<string, string> = {
  USER_BUSY: 'Busy',
  NO_ANSWER: 'No answer',
  CALL_REJECTED: 'Rejected',
  SUBSCRIBER_ABSENT: 'Offline',
  USER_NOT_REGISTERED: 'Offline',
};

export const DIGITS: readonly string[] = [
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  '8',
  '9',
  '0',
  '*',
  '#',
];

export function branchWords(action: Action | undefined, key: string, t: Translate): BranchWords {
  if (key === DEFAULT_BRANCH) {
    return { cap: '', words: action?.branches === 'keyed' ? t('Anything else') : '' };
  }
  const fixed = action?.keys?.fixed?.find((one) => one.key === key);
  if (fixed) return { cap: '', words: t(fixed.label) };
  const cause = CAUSES[key];
  if (cause) return { cap: '', words: t(cause) };
  if (/^[0-9*#A-D]{1,20}$/.test(key)) return { cap: key, words: '' };
  return { cap: '', words: key };
}

// Whole-string match of an action's RE2 pattern; what JavaScript cannot read allows anything,
// the server decides then.
function matches(pattern: string, key: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(key);
  } catch {
    return true;
  }
}

export function isLegalKey(action: Action | undefined, key: string): boolean {
  if (key === DEFAULT_BRANCH) return action?.branches !== 'none';
  if (!action) return key.length > 0;
  if (action.branches !== 'keyed') return false;
  if (action.keys?.fixed?.some((one) => one.key === key)) return true;
  if (action.keys?.to && /^[A-Za-z0-9_-]{1,64}$/.test(key)) return true;
  return action.keys?.pattern !== undefined && matches(action.keys.pattern, key);
}

// Things of the account that branches are named after are offered with their names.
export function withNamedKeys(action: Action, names: ReadonlyMap<string, string>): Action {
  if (!action.keys?.to) return action;
  const named = [...names].map(([key, label]) => ({ key, label }));
  return { ...action, keys: { ...action.keys, fixed: [...named, ...(action.keys.fixed ?? [])] } };
}

// Keys to pick from, those of the action's description first; only free ones.
export function freeKeys(action: Action | undefined, block: Block): string[] {
  const keys: string[] = [];
  if (action?.branches === 'keyed') {
    if (action.keys?.pattern) keys.push(...DIGITS.filter((digit) => isLegalKey(action, digit)));
    keys.push(...(action.keys?.fixed ?? []).map((one) => one.key));
  }
  keys.push(DEFAULT_BRANCH);
  return keys.filter((key) => isLegalKey(action, key) && !childAt(block, key));
}

export function acceptsAnyText(action: Action | undefined): boolean {
  return action?.branches === 'keyed' && action.keys?.pattern !== undefined;
}

export type Following = 'open' | 'full' | 'never';

// May another block follow directly under this one?
export function following(action: Action | undefined, block: Block): Following {
  if (!action) return childrenOf(block).length ? 'full' : 'open';
  if (action.branches === 'none' || action.terminal) return 'never';
  if (action.branches === 'one') return childAt(block, DEFAULT_BRANCH) ? 'full' : 'open';
  return 'open';
}

export function canCarryOn(action: Action | undefined): boolean {
  return action !== undefined && action.branches !== 'none' && !action.terminal;
}
