// What a record of a call says, in the words of this page.
import type { Call } from '@/api/types';
import { shownNumber } from '@/callflow/numbers';

// "sip:+14155550171@carrier.example;user=phone" → "+1 415 555 0171"
export function userOf(uri: string): string {
  const match = /sips?:([^@;>]+)@/.exec(uri);
  if (!match?.[1]) return uri;
  try {
    return shownNumber(decodeURIComponent(match[1]));
  } catch {
    return shownNumber(match[1]); // "%" of a caller who does not escape
  }
}

// Running, or cut by a crash of the server.
export function hasNoEnd(call: Call): boolean {
  return !call.complete && call.ended_ms === undefined;
}

export function lengthOf(call: Call, now_ms: number): number {
  return Math.max(0, (call.ended_ms ?? now_ms) - call.started_ms);
}
