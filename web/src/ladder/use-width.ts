// The width that a part of the page has, as it changes.
import { useCallback, useState } from 'react';

export function useWidth(usual: number) {
  const [width, setWidth] = useState(usual);
  const measured = useCallback((part: HTMLElement | null) => {
    if (!part || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => setWidth(part.clientWidth));
    observer.observe(part);
    return () => observer.disconnect();
  }, []);
  return { width, measured };
}
