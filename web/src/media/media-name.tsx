// The name of a media, changed in place.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { path, reasonOf, request } from '@/api/request';
import type { Media } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { toast } from '@/ui/toasts';

export function MediaName({ account, media }: { account: string; media: Media }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [name, setName] = useState(media.name);
  const rename = async () => {
    const wanted = name.trim();
    if (!wanted || wanted === media.name) {
      setName(media.name);
      return;
    }
    try {
      const to = path`/accounts/${account}/media/${media.id}`;
      const { etag } = await request<Media>(to);
      await request<Media>(to, { method: 'PUT', body: { name: wanted }, ifMatch: etag });
      await cache.invalidateQueries({ queryKey: [account, 'media'] });
    } catch (error) {
      toast({ tone: 'err', title: reasonOf(error) }); // what was typed stays, to be tried again
    }
  };
  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape') setName(media.name);
    if (event.key === 'Enter') event.currentTarget.blur();
  };
  return (
    <input
      className="-ml-2 t-title min-w-0 flex-1 truncate rounded-control bg-transparent px-2 py-1
        hover:bg-hover"
      aria-label={t('Name')}
      title={t('Click to rename')}
      value={name}
      maxLength={128}
      onChange={(event) => setName(event.target.value)}
      onBlur={rename}
      onKeyDown={onKeyDown}
    />
  );
}
