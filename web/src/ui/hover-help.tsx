// A card beside what the pointer rests on. Keyboard users get the same text as its description.
import { type ReactNode, useEffect, useRef, useState } from 'react';

const WAIT_MS = 400;
const CARD_WIDTH = 288;

export function HoverHelp({ help, children }: { help: ReactNode; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const [at, setAt] = useState<{ left: number; top: number } | null>(null);
  const hide = () => {
    clearTimeout(timer.current);
    setAt(null);
  };
  const show = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const place = box.current?.getBoundingClientRect();
      if (place) setAt({ left: place.left - CARD_WIDTH - 16, top: place.top });
    }, WAIT_MS);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the card only repeats the description
    <div
      ref={box}
      onPointerEnter={show}
      onPointerLeave={hide}
      onPointerDown={hide}
      onDragStart={hide}
    >
      {children}
      {at && (
        <div
          role="tooltip"
          className="pointer-events-none fixed z-40 rounded-card border border-line bg-overlay p-3.5
            shadow-high"
          style={{ ...at, width: CARD_WIDTH }}
        >
          {help}
        </div>
      )}
    </div>
  );
}
