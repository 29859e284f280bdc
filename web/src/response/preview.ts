// The literal answer as the server will send it, from the response-code table.
import type { CodeFacts } from './codes';

export interface PreviewInput {
  facts: CodeFacts;
  message: string;
  q850: string; // "" for the code's own cause, "none", or a number
  retryAfter: string;
  redirectTo: string[];
  number: string;
}

function reasonOf({ facts, q850 }: PreviewInput): string | null {
  if (q850 === 'none') return null;
  const own = facts.registered?.q850;
  if (q850 && String(own?.cause) !== q850) return `Reason: Q.850;cause=${q850}`;
  return own ? `Reason: Q.850;cause=${own.cause};text="${own.text}"` : null;
}

function companionOf({ facts, redirectTo }: PreviewInput): string[] {
  if (redirectTo.length) return redirectTo.map((uri) => `Contact: <${uri}>`);
  const name = facts.verdict === 'automatic' ? facts.registered?.companion : '';
  if (name === 'Warning') return ['Warning: 399 pbx.example "Not acceptable"'];
  if (name === 'Accept') return ['Accept: application/sdp'];
  if (name === 'Allow') return ['Allow: INVITE, ACK, CANCEL, BYE, OPTIONS'];
  return [];
}

export function previewLines(input: PreviewInput): string[] {
  const { facts, message, retryAfter, number } = input;
  const to = number ? number.replace(/[^\w+*#.-]/g, '') : '1000';
  const reason = reasonOf(input);
  return [
    `SIP/2.0 ${facts.code} ${message || facts.phrase}`,
    'Via: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bK-7f1c',
    'From: <sip:+14155550188@carrier.example>;tag=9a',
    `To: <sip:${to}@pbx.example>;tag=s1-40c`,
    'Call-ID: 7f1c2a90@192.0.2.10',
    'CSeq: 1 INVITE',
    ...companionOf(input),
    ...(retryAfter ? [`Retry-After: ${retryAfter}`] : []),
    ...(reason ? [reason] : []),
    'Content-Length: 0',
  ];
}
