// A page beside the rail: its title, what can be done, and what is in it.
import type { ReactNode } from 'react';

interface Props {
  title: string;
  note?: ReactNode;
  deeds?: ReactNode;
  children: ReactNode;
}

export function Page({ title, note, deeds, children }: Props) {
  return (
    <main className="flex min-w-0 flex-1 flex-col max-sm:pb-16">
      <header className="panel-head border-line border-b !px-6 max-sm:!px-4">
        <h1 className="t-title">{title}</h1>
        <span className="min-w-0 flex-1 truncate text-ink3">{note}</span>
        {deeds}
      </header>
      {children}
    </main>
  );
}
