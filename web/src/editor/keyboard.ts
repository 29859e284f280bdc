// The whole editor by keyboard. Single letters act only while no field has the focus.
import { useEffect } from 'react';
import { childrenOf, findPlace, idOf, rootOf } from '@/callflow/document';
import { type Deeds, useDeeds } from './deeds';
import { focusBlock } from './focus';
import { useEditor } from './store';
import { MAIN, useView } from './view-store';

interface Ways {
  save: () => void;
  fit: () => void;
}

function inField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input,select,textarea,[role=menu]') !== null
  );
}

// Where an arrow leads from a block; null: nowhere.
export function neighbour(from: string, key: string): string | null {
  const { document } = useEditor.getState();
  const root = rootOf(document);
  if (from === MAIN) return key === 'ArrowDown' && root ? idOf(root) : null;
  const place = findPlace(document, from);
  if (!place) return MAIN;
  if (key === 'ArrowUp') return place.parent ? idOf(place.parent) : MAIN;
  if (key === 'ArrowDown') {
    const [first] = childrenOf(place.block);
    return first ? idOf(first[1]) : null;
  }
  const siblings = place.parent ? childrenOf(place.parent).map(([, block]) => idOf(block)) : [];
  const at = siblings.indexOf(from);
  return siblings[at + (key === 'ArrowRight' ? 1 : -1)] ?? null;
}

function withControl(event: KeyboardEvent, deeds: Deeds, ways: Ways): boolean {
  const { selection, set } = useView.getState();
  const block = selection && selection !== MAIN ? selection : null;
  switch (event.key.toLowerCase()) {
    case 's':
      ways.save();
      return true;
    case 'k':
      set({ palette: true });
      return true;
    default:
  }
  if (inField(event.target)) return false;
  switch (event.key.toLowerCase()) {
    case 'z':
      if (event.shiftKey) deeds.redo();
      else deeds.undo();
      return true;
    case 'y':
      deeds.redo();
      return true;
    case 'c':
      if (block) deeds.copy(block);
      return block !== null;
    case 'x':
      if (block) deeds.cut(block);
      return block !== null;
    case 'v':
      deeds.paste(selection);
      return true;
    case 'd':
      if (block) deeds.duplicate(block);
      return block !== null;
    default:
      return false;
  }
}

function plain(event: KeyboardEvent, deeds: Deeds, ways: Ways): boolean {
  const { selection, set } = useView.getState();
  const onBlock =
    (event.target as HTMLElement | null)?.closest?.('.react-flow,[role=tree]') !== null;
  if (event.key.startsWith('Arrow') && onBlock) {
    const next = neighbour(selection ?? MAIN, event.key);
    if (next) focusBlock(next);
    return true;
  }
  const under = selection === MAIN || selection === null ? null : selection;
  switch (event.key) {
    case '+':
    case 'Insert':
      if (event.shiftKey && event.key === 'Insert' && under) {
        set({ pop: { kind: 'insert', at: { before: under } } });
      } else set({ pop: { kind: 'insert', at: { under } } });
      return true;
    case '*':
      if (!event.shiftKey || !under) return false;
      set({ pop: { kind: 'insert', at: { before: under } } });
      return true;
    case 'Delete':
    case 'Backspace':
      if (under && onBlock) deeds.remove(under);
      return under !== null;
    case 'F2':
      set({ pop: { kind: 'main' } });
      return true;
    case '/':
      document.getElementById('callflow-search')?.focus();
      return true;
    case 'a':
    case 'A':
      set({ catalogOpen: true });
      setTimeout(() => document.getElementById('catalog-search')?.focus());
      return true;
    case 'f':
    case 'F':
      ways.fit();
      return true;
    case '?':
      set({ pop: { kind: 'help' } });
      return true;
    case 'Escape':
      set({ carried: null, over: null });
      return false;
    default:
      return false;
  }
}

export function useKeyboard(ways: Ways): void {
  const deeds = useDeeds();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('[role=dialog],[role=alertdialog]'))
        return;
      const control = event.ctrlKey || event.metaKey;
      if (!control && (inField(event.target) || event.altKey)) return;
      const done = control ? withControl(event, deeds, ways) : plain(event, deeds, ways);
      if (done) event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [deeds, ways]);
}
