// Stand-ins for lint and simulation. The real ones are the server's; these only look alike.
import type { Action, Finding, Media, Simulation, SimulationRequest } from '@/api/types';
import {
  type CallflowDocument,
  childrenOf,
  dataOf,
  idOf,
  type Place,
  rootOf,
  walk,
} from '../callflow/document';

function judge({ block }: Place, known: Set<string>, media: Map<string, Media>): Finding[] {
  const about = { block: idOf(block), pointer: '/flow' };
  const data = dataOf(block);
  const found: Finding[] = [];
  if (!known.has(block.module)) {
    const text = `No action is called ${block.module}. It is kept as imported.`;
    found.push({ severity: 'error', code: 'unknown-module', text, ...about });
  }
  if (block.module === 'response') {
    const code = Number(data.code ?? 486);
    if (code < 400 || code > 699) {
      const text = `${code} is no final error code.`;
      found.push({ severity: 'error', code: 'response-code', text, ...about });
    }
    if (code === 503) {
      const text = 'Carriers try another route after 503.';
      found.push({ severity: 'warning', code: 'response-code', text, hint: 'Use 480.', ...about });
    }
    if (typeof data.media === 'string' && data.media && !media.has(data.media)) {
      const text = `There is no media ${data.media}.`;
      found.push({ severity: 'error', code: 'missing-media', text, ...about });
    }
  }
  if (block.module === 'menu' && !block.children?._ && !block.children?.timeout) {
    const text = 'No branch for a caller who presses nothing.';
    found.push({ severity: 'warning', code: 'no-default', text, ...about });
  }
  return found;
}

export function fakeFindings(
  document: CallflowDocument,
  actions: Action[],
  media: Map<string, Media>,
): Finding[] {
  const known = new Set(actions.map((action) => action.name));
  return walk(document).flatMap((place) => judge(place, known, media));
}

export function fakeSimulation(
  request: SimulationRequest,
  saved: Map<string, CallflowDocument>,
): Simulation {
  const document = request.document ?? saved.get(request.callflow ?? '') ?? {};
  const path = [];
  let block = rootOf(document);
  let at_ms = 0;
  const digits = [...(request.digits ?? [])];
  while (block) {
    const digit = block.module === 'menu' ? (digits.shift()?.digit ?? 'timeout') : '_';
    const next = childrenOf(block).find(([key]) => key === digit) ?? childrenOf(block)[0];
    path.push({
      block: idOf(block),
      module: block.module,
      at_ms,
      ...(next ? { exit: next[0] } : {}),
    });
    if (!next) break;
    at_ms += 214;
    block = next[1];
  }
  const data = block ? dataOf(block) : {};
  const code = block?.module === 'response' ? Number(data.code ?? 486) : 480;
  const phrase = String(data.message || (code === 486 ? 'Busy Here' : 'Temporarily Unavailable'));
  const message = [
    `SIP/2.0 ${code} ${phrase}`,
    `To: <sip:${request.to}@pbx.example>;tag=s1-40c`,
    'CSeq: 1 INVITE',
    'Reason: Q.850;cause=17;text="User busy"',
    'Content-Length: 0',
  ].join('\r\n');
  const end = at_ms + (data.media ? 6000 : 0);
  const line = (at: number, dir: 'in' | 'out', text: string, note?: string) => ({
    at_ms: at,
    dir,
    line: text,
    text,
    ...(note ? { note } : {}),
  });
  return {
    disposition: 'rejected',
    code,
    phrase,
    path,
    ladder: [
      line(0, 'in', `INVITE sip:${request.to}@pbx.example SIP/2.0`, 'with SDP'),
      line(1, 'out', 'SIP/2.0 100 Trying'),
      ...(data.media ? [line(at_ms, 'out', 'SIP/2.0 183 Session Progress', 'with SDP')] : []),
      { ...line(end, 'out', `SIP/2.0 ${code} ${phrase}`), text: message },
      line(end + 17, 'in', `ACK sip:${request.to}@pbx.example SIP/2.0`),
    ],
    media: data.media ? [{ id: String(data.media), sent_ms: 6000, packets: 300, at_ms }] : [],
    final: { code, phrase, message },
    duration_ms: end + 17,
    findings: [],
  };
}
