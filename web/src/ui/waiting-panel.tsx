// The panel of something that is not here yet, or can't be read.
import { ApiProblem } from '@/api/request';
import { Hint } from './hint';
import { SidePanel } from './side-panel';

interface Props {
  title: string;
  error: Error | null;
  onClose: () => void;
}

// Deleted, maybe while it was looked at.
export function isGone(error: Error | null): boolean {
  return error instanceof ApiProblem && error.status === 404;
}

export function WaitingPanel({ title, error, onClose }: Props) {
  return (
    <SidePanel title={title} onClose={onClose}>
      {error && (
        <div className="p-5">
          <Hint tone="err">{error.message}</Hint>
        </div>
      )}
    </SidePanel>
  );
}
