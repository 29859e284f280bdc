// After a refusal the first field that tells why is in view.
import { useEffect } from 'react';

const FIELD = '[data-bad="true"]';

export function useWrongInView(problem: Error | null): void {
  useEffect(() => {
    if (!problem) return;
    const fields = document.querySelectorAll(FIELD);
    const inDialog = [...fields].find((one) => one.closest('[role="dialog"]'));
    (inDialog ?? fields[0])?.scrollIntoView({ block: 'nearest' });
  }, [problem]);
}
