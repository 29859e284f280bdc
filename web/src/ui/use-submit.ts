// A form that asks the server: once at a time, and with the reason when it is refused.
import { useState } from 'react';
import { untold, type Wrong, wrongAt } from '@/api/findings';
import { useWrongInView } from './in-view';

export interface Submitting {
  busy: boolean;
  problem: Error | null; // what no field tells
  wrong: Wrong;
  submit: (event: React.FormEvent) => Promise<void>;
}

// `told`: the pointers of the fields that ask `wrong`.
export function useSubmit(deed: () => Promise<void>, told: readonly string[] = []): Submitting {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const [left, setLeft] = useState<Error | null>(null);
  useWrongInView(problem);
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    setLeft(null);
    try {
      await deed();
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      setProblem(error);
      setLeft(untold(error, told));
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem: left, wrong: (pointer) => wrongAt(problem, pointer), submit };
}
