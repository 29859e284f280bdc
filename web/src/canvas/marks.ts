// What is shown on a block beside what it is.
import type { BlockChange } from '@/callflow/difference';

export interface Marks {
  step?: number; // on the path of a call
  faded?: boolean;
  change?: BlockChange['kind'];
}

export const NO_MARKS: Marks = {};
