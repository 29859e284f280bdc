// The import under way. Kept outside of the pages: the first stored callflow changes the page.
import { create } from 'zustand';
import type { Problem, SavedCallflow } from '@/api/types';

export type Outcome = { stored: SavedCallflow } | { problem: Problem };

interface Importing {
  file: File | null; // null: nothing is imported
  stage: 'chosen' | 'sent' | Outcome;
}

export const useImporting = create<Importing>(() => ({ file: null, stage: 'chosen' }));
