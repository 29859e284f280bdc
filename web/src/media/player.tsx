// Waveform with play, by wavesurfer.
import { Pause, Play } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import WaveSurfer from 'wavesurfer.js';
import { minutes } from '@/callflow/face';
import { pageNonce } from '@/frame/nonce';
import { useTranslation } from '@/language/translate';

interface Props {
  address: string;
  peaks: number[] | undefined;
  durationMs: number;
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export function Player({ address, peaks, durationMs }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const wave = useRef<WaveSurfer | null>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!box.current) return;
    const media = new Audio();
    media.preload = 'none';
    media.src = address;
    const surfer = WaveSurfer.create({
      container: box.current,
      height: 96,
      barWidth: 2,
      barGap: 2,
      barRadius: 2,
      waveColor: colour('--border-control'),
      progressColor: colour('--accent'),
      cursorColor: colour('--accent'),
      media,
      peaks: [peaks?.map((peak) => peak / 100) ?? [0]],
      duration: durationMs / 1000,
      cspNonce: pageNonce() ?? '',
    });
    wave.current = surfer;
    surfer.on('play', () => setPlaying(true));
    surfer.on('pause', () => setPlaying(false));
    surfer.on('timeupdate', setAt);
    surfer.on('error', () => setFailed(true));
    return () => surfer.destroy();
  }, [address, peaks, durationMs]);
  const Icon = playing ? Pause : Play;
  return (
    <div>
      <div ref={box} className="rounded-control border border-line bg-sunk" />
      <div className="mt-3 flex items-center gap-3">
        <button
          type="button"
          className="grid h-9 w-9 place-items-center rounded-full bg-accent text-white"
          aria-label={playing ? t('Stop') : t('Play')}
          onClick={() => wave.current?.playPause().catch(() => setFailed(true))}
        >
          <Icon aria-hidden fill="currentColor" />
        </button>
        <span className="tabular-nums">
          <b>{minutes(at * 1000)}</b> <span className="text-ink3">/ {minutes(durationMs)}</span>
        </span>
        {failed && <span className="t-small text-err">{t('It can’t be played here')}</span>}
      </div>
    </div>
  );
}
