// Who called: the number, and the name that came with it.
import type { Call } from '@/api/types';
import { userOf } from './calls';

export function Caller({ call }: { call: Call }) {
  return (
    <span>
      <span className="font-medium">{userOf(call.from)}</span>
      {call.caller_name && <span className="ml-1.5 text-ink3">{call.caller_name}</span>}
    </span>
  );
}
