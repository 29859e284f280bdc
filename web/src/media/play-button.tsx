// Plays a media as callers hear it. One at a time in the whole page.
import { Pause, Play } from 'lucide-react';
import { create } from 'zustand';
import { audioAddress } from '@/api/queries';
import type { Media } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { toast } from '@/ui/toasts';

const usePlaying = create<{ address: string | null }>(() => ({ address: null }));
let audio: HTMLAudioElement | null = null;

function stop(): void {
  audio?.pause();
  audio = null;
  usePlaying.setState({ address: null });
}

interface Props {
  account: string;
  media: Media;
  plain?: boolean;
}

export function PlayButton({ account, media, plain = false }: Props) {
  const { t } = useTranslation();
  const address = audioAddress(account, media);
  const { name } = media;
  const playing = usePlaying((state) => state.address === address);
  const toggle = () => {
    if (playing) {
      stop();
      return;
    }
    stop();
    audio = new Audio(address);
    usePlaying.setState({ address });
    audio.onended = stop;
    audio.play().catch(() => {
      stop();
      toast({ tone: 'warn', title: t('{{name}} can’t be played here', { name }) });
    });
  };
  const Icon = playing ? Pause : Play;
  const label = playing ? t('Stop') : t('Play {{name}}', { name });
  const look = plain ? 'bg-hover text-ink' : 'bg-accent text-white';
  return (
    <button
      type="button"
      className={`grid h-[26px] w-[26px] flex-none place-items-center rounded-full ${look}`}
      aria-label={label}
      title={label}
      onClick={toggle}
    >
      <Icon aria-hidden className="!h-3 !w-3" fill="currentColor" />
    </button>
  );
}
