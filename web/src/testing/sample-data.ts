// The account that the fake starts with.
import type { Call, LadderLine, Media } from '@/api/types';
import type { CallflowDocument } from '@/callflow/document';

const DAY = 86_400_000;
const NOON = Date.UTC(2026, 10, 23, 10, 12, 3);

export interface SampleFlow {
  document: CallflowDocument;
  revisions: number;
  live: boolean;
}

function simple(id: string, name: string, numbers: string[], code: number, message = '') {
  const flow = { id: 'n1', module: 'response', data: { code, message }, children: {} };
  return { id, name, numbers, flow };
}

const mainLine: CallflowDocument = {
  id: 'main-line',
  name: 'Main line',
  numbers: ['1000', '+14155550100', '+14155550101'],
  flow: {
    id: 'welcome',
    module: 'menu',
    data: { greeting: 'welcome', timeout: 8000 },
    children: {
      '1': {
        id: 'hold',
        module: 'play',
        data: { id: 'holiday', answer: true },
        children: { _: { id: 'sub', module: 'callflow', data: { id: 'night' }, children: {} } },
      },
      '2': {
        id: 'busy',
        module: 'response',
        data: { code: 486, message: 'All lines are busy', media: 'all-lines-busy' },
        children: {},
      },
      timeout: { id: 'queue', module: 'qubicle', data: { queue: 'support' }, children: {} },
    },
  },
};

export function sampleFlows(): SampleFlow[] {
  const others = [
    simple('sales', 'Sales', ['1100', '+14155550110'], 486, 'All lines are busy'),
    simple('support', 'Support', ['1200', '+14155550120'], 480, 'Back at nine'),
    simple('billing', 'Billing', ['1300', '+14155550130'], 480),
    simple('front-door', 'Front door', ['1400'], 603),
    simple('warehouse', 'Warehouse', ['1600', '+14155550160'], 503),
    simple('berlin', 'Berlin office', ['1700', '+493055500170'], 480, 'Geschäft geschlossen'),
    simple('night', 'Night', [], 480, 'Closed until nine'),
  ];
  return [
    { document: mainLine, revisions: 3, live: false },
    ...others.map((document) => ({ document, revisions: 1, live: document.numbers.length > 0 })),
    {
      document: { id: 'blocked', name: 'Blocked callers', numbers: [], flow: {} },
      revisions: 1,
      live: false,
    },
  ];
}

function sound(id: string, name: string, seconds: number, source: string, days: number): Media {
  return {
    id,
    name,
    duration_ms: seconds * 1000,
    source,
    original_bytes: seconds * 96_000,
    encoded_bytes: seconds * 8000,
    changed_ms: NOON - days * DAY,
  };
}

export function sampleMedia(): Media[] {
  return [
    sound('all-lines-busy', 'All lines busy', 6, 'wav, 48 kHz, 2 channels', 0),
    sound('holiday', 'Holiday greeting', 14, 'mp3, 44.1 kHz, 1 channel', 0),
    sound('after-hours', 'After hours', 9, 'wav, 16 kHz, 1 channel', 11),
    sound('welcome', 'Welcome', 11, 'flac, 48 kHz, 1 channel', 11),
    sound('piano', 'Hold music, piano', 161, 'ogg, 44.1 kHz, 2 channels', 33),
  ];
}

function call(index: number, from: string, to: string, code: number, phrase: string): Call {
  const started_ms = NOON - index * 612_000;
  return {
    id: `call-${index}`,
    callflow: 'main-line',
    revision: 3,
    callflow_name: 'Main line',
    from: `sip:${from}@carrier.example`,
    to: `sip:${to}@pbx.example`,
    call_id: `7f1c2a9${index}@192.0.2.10`,
    source: 'udp:192.0.2.10:5060',
    started_ms,
    ended_ms: started_ms + 6251,
    disposition: code === 487 ? 'abandoned' : 'rejected',
    code,
    phrase,
    reasons: ['Q.850;cause=17;text="User busy"'],
    path: [
      { block: 'welcome', module: 'menu', at_ms: 0, exit: '2' },
      { block: 'busy', module: 'response', at_ms: 214 },
    ],
    media: [{ id: 'all-lines-busy', sent_ms: 6000, packets: 300 }],
    ladder: [
      {
        at_ms: 0,
        dir: 'in',
        line: `INVITE sip:${to}@pbx.example SIP/2.0`,
        method: 'INVITE',
        cseq: 1,
      },
      { at_ms: 1, dir: 'out', line: 'SIP/2.0 100 Trying', method: 'INVITE', cseq: 1 },
      { at_ms: 214, dir: 'out', line: 'SIP/2.0 183 Session Progress', note: 'with SDP' },
      { at_ms: 6234, dir: 'out', line: `SIP/2.0 ${code} ${phrase}`, method: 'INVITE', cseq: 1 },
      { at_ms: 6251, dir: 'in', line: `ACK sip:${to}@pbx.example SIP/2.0`, method: 'ACK', cseq: 1 },
    ],
    complete: true,
  };
}

function runningCall(): Call {
  const { ended_ms: _, ...begun } = call(0, '+14155550107', '+14155550100', 200, 'OK');
  const path = [{ block: 'welcome', module: 'menu', at_ms: 0 }];
  const started_ms = Date.now() - 42_000;
  return { ...begun, id: 'running', started_ms, path, media: [], ladder: [], complete: false };
}

// A ring group: the reception is busy, the carrier's phone answers.
function forkedCall(): Call {
  const one = call(1, '+14155550188', '+14155550100', 200, 'OK');
  const line = (at_ms: number, dir: 'in' | 'out', text: string, leg: number): LadderLine => {
    const invite = text === 'INVITE';
    const whole = invite ? 'INVITE sip:anna@192.0.2.31 SIP/2.0' : text;
    return { at_ms, dir, line: whole, leg, cseq: 1, method: text === 'ACK' ? 'ACK' : 'INVITE' };
  };
  const [invite, trying, , , ack] = one.ladder as [
    LadderLine,
    LadderLine,
    unknown,
    unknown,
    LadderLine,
  ];
  const answer: LadderLine = { at_ms: 2410, dir: 'out', line: 'SIP/2.0 200 OK', note: 'with SDP' };
  const leg = { began_ms: 2, target: 'sip:anna@192.0.2.31', reasons: [] };
  return {
    ...one,
    caller_name: 'Lena Fox',
    user_agent: 'Linphone/5.2',
    answered_ms: one.started_ms + 2410,
    disposition: 'answered',
    reasons: [],
    media: [],
    ladder: [
      invite,
      trying,
      line(2, 'out', 'INVITE', 1),
      line(3, 'out', 'INVITE', 2),
      line(210, 'in', 'SIP/2.0 486 Busy Here', 1),
      line(210, 'out', 'ACK', 1),
      line(2400, 'in', 'SIP/2.0 200 OK', 2),
      line(2401, 'out', 'ACK', 2),
      answer,
      { ...ack, at_ms: 2428 },
    ],
    legs: [
      {
        ...leg,
        number: 1,
        name: 'reception/desk',
        party: 'Reception',
        extension: '1001',
        device: 'Desk phone',
        user_agent: 'Yealink SIP-T54W',
        place: 'udp:192.0.2.31:5060',
        code: 486,
        phrase: 'Busy Here',
        reasons: ['Q.850;cause=17;text="User busy"'],
      },
      {
        ...leg,
        number: 2,
        name: 'trunk out',
        party: 'Carrier One',
        extension: '+4930555001',
        place: 'tls:198.51.100.4:5061',
        code: 200,
        phrase: 'OK',
      },
      {
        ...leg,
        target: '',
        number: 3,
        name: 'bert/softphone',
        party: 'Bert Kuhn',
        extension: '1002',
        device: 'Softphone',
        code: 480,
        phrase: 'Temporarily Unavailable',
        note: 'not registered',
      },
    ],
    talks: [{ at_ms: 2410, ended_ms: 6251, one: 0, other: 2 }],
    bridged_leg: 2,
    bridged_ms: 2410,
  };
}

export function sampleCalls(): Call[] {
  return [
    runningCall(),
    call(0, '+14155550171', '+14155550110', 486, 'All lines are busy'),
    forkedCall(),
    call(2, '+493055500142', '+14155550120', 480, 'Closed for the holidays'),
    call(3, 'anonymous', '+14155550100', 433, 'Anonymity Disallowed'),
    call(4, '+16285550104', '+14155550150', 487, 'Request Terminated'),
  ];
}
