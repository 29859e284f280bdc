// SIP messages between caller and server, in time order.
import { useTranslation } from 'react-i18next';
import type { LadderLine, PlayedMedia } from '@/api/types';
import { useEditorNames } from './names';

const ROW = 28;
const LEFT = 64;
const WIDTH = 400;

interface Item {
  at_ms: number;
  kind: 'in' | 'out' | 'media';
  text: string;
  whole?: string | undefined;
  final: boolean;
}

function shortLine(one: LadderLine): string {
  const line = one.line.replace(/^SIP\/2\.0 /, '').replace(/ sips?:\S+ SIP\/2\.0$/, '');
  return /sdp/i.test(one.note ?? '') ? `${line} + SDP` : line;
}

function itemsOf(
  ladder: LadderLine[],
  media: PlayedMedia[],
  names: (id: string) => string,
): Item[] {
  const items = ladder.map(
    (one): Item => ({
      at_ms: one.at_ms,
      kind: one.dir,
      text: shortLine(one),
      whole: one.text,
      final: one.dir === 'out' && /^SIP\/2\.0 [3-6]/.test(one.line),
    }),
  );
  // A record does not say when a media began: the first with the answer, others after it.
  let begin = ladder.find((line) => /^SIP\/2\.0 (183|200)/.test(line.line))?.at_ms;
  for (const one of media) {
    const start = one.at_ms ?? begin;
    if (start === undefined) continue;
    const text = one.skipped
      ? `${names(one.id)}: ${one.skipped}`
      : `${names(one.id)}, ${(one.sent_ms / 1000).toFixed(1)} s`;
    const at = items.findIndex((item) => item.at_ms > start);
    const item: Item = { at_ms: start, kind: 'media', text, final: false };
    if (at < 0) items.push(item);
    else items.splice(at, 0, item);
    begin = start + one.sent_ms;
  }
  return items;
}

export function Ladder({ ladder, media }: { ladder: LadderLine[]; media: PlayedMedia[] }) {
  const { t } = useTranslation();
  const names = useEditorNames();
  const items = itemsOf(ladder, media, names);
  const height = items.length * ROW + 44;
  const right = LEFT + WIDTH - 20;
  return (
    <svg
      className="w-full max-w-[520px]"
      viewBox={`0 0 ${LEFT + WIDTH} ${height}`}
      role="img"
      aria-label={items.map((one) => `${(one.at_ms / 1000).toFixed(3)} ${one.text}`).join('; ')}
    >
      <text x={LEFT} y="14" className="ladder-head">
        {t('Caller')}
      </text>
      <text x={right} y="14" textAnchor="end" className="ladder-head">
        Strowger
      </text>
      <path d={`M${LEFT} 24V${height}M${right} 24V${height}`} className="ladder-life" />
      {items.map((item, index) => {
        const y = 48 + index * ROW;
        const path =
          item.kind === 'out'
            ? `M${right} ${y}H${LEFT + 2}m6 -4l-6 4l6 4`
            : `M${LEFT} ${y}H${right - 2}m-6 -4l6 4l-6 4`;
        return (
          <g key={`${index}-${item.text}`} className={item.final ? 'ladder-final' : ''}>
            <title>{item.whole ?? item.text}</title>
            <text x="0" y={y + 4} className="ladder-time">
              {(item.at_ms / 1000).toFixed(3)}
            </text>
            {item.kind === 'media' ? (
              <rect
                x={LEFT}
                y={y - 13}
                width={right - LEFT}
                height="21"
                rx="5"
                className="ladder-media"
              />
            ) : (
              <path d={path} className="ladder-arrow" />
            )}
            <text
              x={(LEFT + right) / 2}
              y={item.kind === 'media' ? y + 2 : y - 5}
              textAnchor="middle"
              className="ladder-text"
            >
              {item.text.slice(0, 44)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
