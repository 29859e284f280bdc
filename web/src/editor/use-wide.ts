import { useSyncExternalStore } from 'react';

const QUERY = '(min-width: 640px)';

// Room for the picture; below, the outline takes its place.
export function useWide(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = matchMedia(QUERY);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => matchMedia(QUERY).matches,
  );
}
