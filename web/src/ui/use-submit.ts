// A form that asks the server: once at a time, and with the reason when it is refused.
import { useState } from 'react';

export interface Submitting {
  busy: boolean;
  problem: Error | null;
  submit: (event: React.FormEvent) => Promise<void>;
}

export function useSubmit(deed: () => Promise<void>): Submitting {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await deed();
    } catch (error) {
      setProblem(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, submit };
}
