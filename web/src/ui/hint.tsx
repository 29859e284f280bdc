import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

const TONES = {
  plain: { colour: 'text-ink3', Icon: null },
  ok: { colour: 'text-ok', Icon: CircleCheck },
  warn: { colour: 'text-warn', Icon: TriangleAlert },
  err: { colour: 'text-err', Icon: CircleAlert },
};

interface Props {
  tone?: keyof typeof TONES;
  id?: string;
  children: ReactNode;
}

// One line under a field.
export function Hint({ tone = 'plain', id, children }: Props) {
  const { colour, Icon } = TONES[tone];
  return (
    <p id={id} className={`t-small mt-1.5 flex min-h-4 items-start gap-1.5 ${colour}`}>
      {Icon && <Icon aria-hidden className="mt-px !h-3.5 !w-3.5" />}
      <span>{children}</span>
    </p>
  );
}
