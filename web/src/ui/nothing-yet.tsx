// A list that nobody has put anything in: what would stand there.
import type { ReactNode } from 'react';

export function NothingYet({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <p className="font-medium text-ink">{title}</p>
      <p className="mt-1">{children}</p>
    </>
  );
}
