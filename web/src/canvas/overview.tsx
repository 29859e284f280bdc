// The whole callflow, small, with a frame around what is in view. A press goes there.
import { useReactFlow, useStore } from '@xyflow/react';
import { useMemo } from 'react';
import { useTranslation } from '@/language/translate';
import type { Layout } from './layout';

const WIDTH = 140;
const HEIGHT = 96;
const MARGIN = 8;
const DOT_MIN = 1.5; // of a block, so that it stays visible

export function Overview({ layout }: { layout: Layout }) {
  const { t } = useTranslation();
  const flow = useReactFlow();
  const [x, y, zoom] = useStore((state) => state.transform);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const scale = Math.min(
    (WIDTH - 2 * MARGIN) / layout.width,
    (HEIGHT - 2 * MARGIN) / layout.height,
  );
  const left = (WIDTH - layout.width * scale) / 2 - layout.left * scale;
  const top = (HEIGHT - layout.height * scale) / 2;
  const blocks = useMemo(
    () =>
      layout.placed
        .map((one) => {
          const wide = Math.max(DOT_MIN, one.width * scale);
          const high = Math.max(DOT_MIN, one.height * scale);
          return `M${one.x * scale + left - wide / 2} ${one.y * scale + top}h${wide}v${high}h${-wide}z`;
        })
        .join(''),
    [layout, scale, left, top],
  );
  const go = (event: React.PointerEvent<SVGSVGElement>) => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    const at = { x: event.clientX - box.left, y: event.clientY - box.top };
    flow.setCenter((at.x - left) / scale, (at.y - top) / scale, { zoom });
  };
  return (
    <svg
      className="overview nodrag nopan nowheel"
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={t('Overview')}
      onPointerDown={go}
      onPointerMove={go}
    >
      <path className="overview-blocks" d={blocks} />
      <rect
        className="overview-view"
        x={(-x / zoom) * scale + left}
        y={(-y / zoom) * scale + top}
        width={(width / zoom) * scale}
        height={(height / zoom) * scale}
        rx="2"
      />
    </svg>
  );
}
