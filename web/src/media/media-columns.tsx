// The columns of the media list.

import type { Media } from '@/api/types';
import { minutes } from '@/callflow/face';
import { useTranslation } from '@/language/translate';
import type { Column } from '@/ui/paged-table';
import { useTimeWords } from '@/ui/time-words';
import { PlayButton } from './play-button';

function Used({ count }: { count: number }) {
  const { t } = useTranslation();
  return count ? t('{{count}} blocks', { count }) : t('Not used');
}

export function useMediaColumns(
  account: string,
  chosen: string | null,
  choose: (id: string) => void,
  dated: boolean, // whether the server says when they were changed
): Column<Media>[] {
  const { t } = useTranslation();
  const { day } = useTimeWords();
  const changed: Column<Media> = {
    title: t('Changed'),
    cell: ({ changed_ms }) => (changed_ms ? day(changed_ms) : ''),
    from: 'lg',
    look: 'text-ink2 tabular-nums',
  };
  return [
    {
      title: t('Name'),
      cell: (one) => (
        <span className="flex min-w-0 items-center gap-2.5">
          <PlayButton account={account} media={one} plain={one.id !== chosen} />
          <button
            type="button"
            className="truncate font-medium"
            aria-expanded={one.id === chosen}
            onClick={() => choose(one.id)}
          >
            {one.name}
          </button>
        </span>
      ),
    },
    { title: t('As uploaded'), cell: (one) => one.source, from: 'lg', look: 'text-ink2' },
    {
      title: t('Length'),
      cell: (one) => minutes(one.duration_ms),
      right: true,
      look: 'tabular-nums',
    },
    ...(dated ? [changed] : []),
    {
      title: t('Used in'),
      cell: (one) => <Used count={one.used_by ?? 0} />,
      from: 'sm',
      look: 'text-ink2',
    },
  ];
}
