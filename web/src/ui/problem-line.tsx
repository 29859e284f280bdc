// Why the server refused, read out when it comes.
import { Hint } from './hint';

export function WrongLine({ id, wrong }: { id?: string; wrong: string | undefined }) {
  return (
    <div id={id} aria-live="polite">
      {wrong && <Hint tone="err">{wrong}</Hint>}
    </div>
  );
}

export function ProblemLine({ problem }: { problem: Error | null | undefined }) {
  return <WrongLine wrong={problem?.message} />;
}
