// Why the server refused, read out when it comes.
import { Hint } from './hint';

export function ProblemLine({ problem }: { problem: Error | null | undefined }) {
  return <div aria-live="polite">{problem && <Hint tone="err">{problem.message}</Hint>}</div>;
}
