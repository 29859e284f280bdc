// What was typed and is not saved yet. Who leaves it is asked first, whether for another page, for
// another row of the list, or by closing the panel.
import { useBlocker } from '@tanstack/react-router';
import { useCallback, useEffect, useRef } from 'react';
import { translate as t } from '@/language/translate';
import { ask } from './confirm';

const unsaved = new Set<object>();

async function mayLeave(): Promise<boolean> {
  if (unsaved.size === 0) return true;
  return ask({
    title: t('Leave without saving?'),
    text: t('What you changed here is lost then.'),
    yes: t('Leave'),
    no: t('Keep editing'),
  });
}

// → what says at once that nothing is left to save
export function useUnsaved(dirty: boolean): () => void {
  const own = useRef({}).current;
  useBlocker({
    shouldBlockFn: async () => !(await mayLeave()),
    enableBeforeUnload: () => unsaved.size > 0,
  });
  const settle = useCallback(() => void unsaved.delete(own), [own]);
  useEffect(() => {
    if (dirty) unsaved.add(own);
    else settle();
  });
  useEffect(() => settle, [settle]);
  return settle;
}
