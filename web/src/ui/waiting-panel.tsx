// The panel of something that is not here yet, or can't be read.
import { Hint } from './hint';
import { SidePanel } from './side-panel';

interface Props {
  title: string;
  error: Error | null;
  onClose: () => void;
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
