import { useQuery } from '@tanstack/react-query';
import { audioAddress, peaksQuery } from '@/api/queries';
import type { Media } from '@/api/types';
import { Player } from './player';

// Plays what the server keeps of a media, which is what callers hear.
export function MediaPlayer({ account, media }: { account: string; media: Media }) {
  const { data } = useQuery(peaksQuery(account, media.id));
  return (
    <Player
      address={audioAddress(account, media)}
      peaks={data?.peaks}
      durationMs={media.duration_ms}
    />
  );
}
