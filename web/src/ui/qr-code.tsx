// A text as a QR code (ISO/IEC 18004), for the camera of a phone. Dark on white in every theme:
// cameras want that.
import { encodeQR } from 'qr';
import { useMemo } from 'react';

const QUIET = 4; // modules of white around it (§5.3.8)

interface Props {
  text: string;
  label: string;
  size: number; // px
}

export function modules(text: string): boolean[][] {
  return encodeQR(text, 'raw', { border: QUIET, ecc: 'medium' }); // 15 % may be lost
}

function pathOf(rows: readonly (readonly boolean[])[]): string {
  const squares = rows.flatMap((row, y) =>
    row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')),
  );
  return squares.join('');
}

export default function QrCode({ text, label, size }: Props) {
  const rows = useMemo(() => modules(text), [text]);
  const side = rows.length;
  return (
    <svg
      role="img"
      aria-label={label}
      width={size}
      height={size}
      viewBox={`0 0 ${side} ${side}`}
      shapeRendering="crispEdges"
      className="rounded-md"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={pathOf(rows)} fill="#000" />
    </svg>
  );
}
