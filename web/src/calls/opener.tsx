// The first cell of a call: opens and closes what is known of it.
import { ChevronDown, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

interface Props {
  open: boolean;
  toggle: () => void;
  children: ReactNode;
}

export function Opener({ open, toggle, children }: Props) {
  const Arrow = open ? ChevronDown : ChevronRight;
  return (
    <button
      type="button"
      className="flex items-center gap-2 tabular-nums"
      aria-expanded={open}
      onClick={toggle}
    >
      <Arrow aria-hidden className="!h-3.5 !w-3.5 text-ink3" />
      {children}
    </button>
  );
}
