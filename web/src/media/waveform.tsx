// Loudness over time, drawn from the server's peaks.
import { useQuery } from '@tanstack/react-query';
import { peaksQuery } from '@/api/queries';

interface Props {
  account: string;
  media: string;
  bars: number;
  height: number;
  className?: string;
}

export function Waveform({ account, media, bars, height, className = '' }: Props) {
  const { data } = useQuery(peaksQuery(account, media));
  const peaks = data?.peaks ?? [];
  const step = Math.max(1, peaks.length / bars);
  const shown = Array.from({ length: bars }, (_, index) => peaks[Math.floor(index * step)] ?? 2);
  return (
    <svg
      className={className}
      width={bars * 4}
      height={height}
      viewBox={`0 0 ${bars * 4} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {shown.map((peak, index) => {
        const bar = Math.max(2, (peak / 100) * height);
        return (
          <rect
            key={index}
            x={index * 4}
            y={(height - bar) / 2}
            width="2"
            height={bar}
            rx="1"
            fill="currentColor"
          />
        );
      })}
    </svg>
  );
}
