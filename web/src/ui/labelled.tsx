// A field with its label above and its hint below.
import { type ReactNode, useId } from 'react';

interface Ids {
  id: string;
  'aria-describedby': string;
  'aria-invalid': boolean;
}

interface Props {
  label: string;
  optional?: string;
  hint?: ReactNode;
  bad?: boolean;
  children: (ids: Ids) => ReactNode;
}

export function Labelled({ label, optional, hint, bad = false, children }: Props) {
  const id = useId();
  return (
    <div className="min-w-0">
      <div className="mb-1.5 flex items-baseline">
        <label htmlFor={id} className="flex-1 font-medium">
          {label}
        </label>
        {optional && <span className="t-small text-ink3">{optional}</span>}
      </div>
      <div className="field" data-bad={bad}>
        {children({ id, 'aria-describedby': `${id}-hint`, 'aria-invalid': bad })}
      </div>
      <div id={`${id}-hint`} aria-live="polite">
        {hint}
      </div>
    </div>
  );
}
