// Names on the left, what they are on the right.
import type { ReactNode } from 'react';

interface Props {
  facts: [string, ReactNode][];
  look?: string;
}

export function Facts({ facts, look = '' }: Props) {
  return (
    <dl className={`grid grid-cols-[minmax(80px,auto)_1fr] gap-x-6 gap-y-2 ${look}`}>
      {facts.map(([name, fact]) => (
        <div key={name} className="contents">
          <dt className="text-ink3">{name}</dt>
          <dd className="min-w-0 whitespace-pre-line break-words">{fact}</dd>
        </div>
      ))}
    </dl>
  );
}
