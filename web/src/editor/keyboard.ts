// The whole editor by keyboard. Single letters act only while no field has the focus; who may not
// edit has the keys for looking around.
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

function onBlock(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('.react-flow,[role=tree]') !== null;
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

function selectedBlock(): string | null {
  const { selection } = useView.getState();
  return selection === MAIN ? null : selection;
}

function hasBranch(id: string): boolean {
  return findPlace(useEditor.getState().document, id)?.parent != null;
}

function withControl(event: KeyboardEvent, deeds: Deeds, ways: Ways): boolean {
  const { selection, set } = useView.getState();
  const block = selectedBlock();
  const key = event.key.toLowerCase();
  if (key === 's') ways.save();
  else if (key === 'k') set({ palette: true });
  else if (inField(event.target)) return false;
  else if (key === 'z' && !event.shiftKey) deeds.undo();
  else if (key === 'y' || key === 'z') deeds.redo();
  else if (key === 'v') deeds.paste(selection);
  else if (block === null) return false;
  else if (key === 'c') deeds.copy(block);
  else if (key === 'x') deeds.cut(block);
  else if (key === 'd') deeds.duplicate(block);
  else return false;
  return true;
}

// Keys that change nothing of the callflow.
function looking(event: KeyboardEvent, ways: Ways): boolean {
  const { selection, set } = useView.getState();
  const block = selectedBlock();
  if (event.key.startsWith('Arrow') && onBlock(event.target)) {
    const next = neighbour(selection ?? MAIN, event.key);
    if (next) focusBlock(next);
    return true;
  }
  switch (event.key) {
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
    case 'h':
    case 'H':
      if (block) useView.getState().toggleCollapsed(block);
      return block !== null;
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

function editing(event: KeyboardEvent, deeds: Deeds): boolean {
  const { set } = useView.getState();
  const block = selectedBlock();
  const before = block !== null && event.shiftKey;
  switch (event.key) {
    case '+': // with Shift on some keyboards, so that Shift says nothing here
      set({ pop: { kind: 'insert', at: { under: block } } });
      return true;
    case 'Insert':
      set({ pop: { kind: 'insert', at: before ? { before: block } : { under: block } } });
      return true;
    case 'Delete':
    case 'Backspace':
      if (block && onBlock(event.target)) deeds.remove(block);
      return block !== null;
    case 'b':
    case 'B':
      if (block && hasBranch(block)) set({ pop: { kind: 'key', id: block } });
      return block !== null;
    case 'm':
    case 'M':
      if (block) set({ pop: { kind: 'move', id: block } });
      return block !== null;
    case 'F2':
      set({ pop: { kind: 'main' } });
      return true;
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
      const done = control
        ? withControl(event, deeds, ways)
        : looking(event, ways) || (deeds.mayEdit && editing(event, deeds));
      if (done) event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [deeds, ways]);
}
