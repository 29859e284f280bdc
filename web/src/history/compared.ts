// The older version that is shown beside the present one.
import { create } from 'zustand';
import type { CallflowDocument } from '@/callflow/document';

export const useCompared = create<{ revision: number | null; document: CallflowDocument | null }>(
  () => ({ revision: null, document: null }),
);
