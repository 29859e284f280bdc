// What is selected, open, dragged and lit. Nothing here is saved or undone.
import { create } from 'zustand';
import type { Action, Finding, Simulation } from '@/api/types';
import type { Block, JsonObject } from '@/callflow/document';
import type { Target } from '@/callflow/operations';
import type { At, Carried } from '@/callflow/placement';

export const MAIN = 'main'; // the Main Callflow Block, beside the ids of blocks

export type Pop =
  | { kind: 'new'; action: Action; target: Target; askKey: boolean; data?: JsonObject }
  | { kind: 'edit'; id: string }
  | { kind: 'look'; block: Block } // in a diagram that can't be changed
  | { kind: 'key'; id: string }
  | { kind: 'main' }
  | { kind: 'insert'; at: At }
  | { kind: 'move'; id: string }
  | { kind: 'help' };

export type SidePanel = 'none' | 'simulate' | 'history';

interface ViewState {
  selection: string | null;
  collapsed: ReadonlySet<string>;
  carried: Carried | null;
  over: string | null; // drop place under the pointer: block id, or "before:<id>"
  pop: Pop | null;
  panel: SidePanel;
  catalogOpen: boolean;
  listOpen: boolean;
  outline: boolean;
  palette: boolean;
  problems: boolean;
  findings: readonly Finding[];
  simulation: Simulation | null;
  clipboard: Block | null;
  revisionNote: string; // goes with the next save
  announcement: string;
  select: (id: string | null) => void;
  toggleCollapsed: (id: string) => void;
  set: (part: Partial<ViewState>) => void;
  announce: (text: string) => void;
}

export const useView = create<ViewState>((set) => ({
  selection: null,
  collapsed: new Set(),
  carried: null,
  over: null,
  pop: null,
  panel: 'none',
  catalogOpen: true,
  listOpen: true,
  outline: false,
  palette: false,
  problems: false,
  findings: [],
  simulation: null,
  clipboard: null,
  revisionNote: '',
  announcement: '',
  select: (selection) => set({ selection }),
  toggleCollapsed: (id) =>
    set(({ collapsed }) => {
      const next = new Set(collapsed);
      if (!next.delete(id)) next.add(id);
      return { collapsed: next };
    }),
  set: (part) => set(part),
  announce: (announcement) => set({ announcement }),
}));

export function resetView(): void {
  useView.setState({
    selection: null,
    collapsed: new Set(),
    carried: null,
    over: null,
    pop: null,
    findings: [],
    simulation: null,
    revisionNote: '',
  });
}
