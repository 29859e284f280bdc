// Whether the server answers, and whether it still knows who asks.
import { create } from 'zustand';

interface Connection {
  lost: boolean;
  signedOut: boolean;
  returns: number; // grows whenever the server, or the session, is back
}

export const useConnection = create<Connection>(() => ({
  lost: false,
  signedOut: false,
  returns: 0,
}));

// A proxy in between answers 502 or 504 for a server that is gone.
const UNREACHABLE = [0, 502, 504];

// `status` of every answer; 0 when there was none.
export function noteAnswer(status: number): void {
  const { lost, signedOut, returns } = useConnection.getState();
  const gone = UNREACHABLE.includes(status);
  if (lost && !gone) useConnection.setState({ returns: returns + 1 });
  if (lost !== gone) useConnection.setState({ lost: gone });
  if (status === 401 && !signedOut) useConnection.setState({ signedOut: true });
}

export function noteSignIn(): void {
  const { returns } = useConnection.getState();
  useConnection.setState({ signedOut: false, returns: returns + 1 });
}
