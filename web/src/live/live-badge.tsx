// How many calls are on a block now.
import { useTranslation } from '@/language/translate';
import { useWhereabouts } from './live-calls';

export function useLiveCount(block: string): number {
  return useWhereabouts((state) => state.counts.get(block) ?? 0);
}

export function LiveBadge({ count }: { count: number }) {
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <span className="badge badge-live" title={t('{{count}} calls here now', { count })}>
      <span className="dot" />
      {count}
    </span>
  );
}
