// A button whose menu is fetched when it is first wanted: most visits never open most menus.
import { type ReactNode, Suspense, useState } from 'react';

interface Props {
  className: string;
  label?: string;
  disabled?: boolean;
  face: ReactNode;
  children: ReactNode; // the lazy menu, with the same face as its trigger, open at first
}

export function OnDemand({ className, label, disabled, face, children }: Props) {
  const [wanted, setWanted] = useState(false);
  const closed = (
    <button
      type="button"
      className={className}
      aria-haspopup="menu"
      aria-expanded={false}
      aria-label={label}
      disabled={disabled}
      onClick={() => setWanted(true)}
    >
      {face}
    </button>
  );
  return wanted && !disabled ? <Suspense fallback={closed}>{children}</Suspense> : closed;
}
