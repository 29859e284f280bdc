// `?block=ID` in the address of a callflow: other pages lead to a block of it.
import { useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { focusBlock } from './focus';

export function useAskedBlock(): void {
  const { block } = useSearch({ strict: false }) as { block?: unknown };
  useEffect(() => {
    if (block !== undefined) focusBlock(String(block));
  }, [block]);
}
