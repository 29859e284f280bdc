// The rows of a ladder: what passed and what was heard, in time order.

import type { LadderLine, PlayedMedia, Talk } from '@/api/types';
import type { Translate } from '@/language/translate';
import { type Column, columnOf, type LadderSource } from './columns';

export interface Row {
  kind: 'message' | 'sound';
  at_ms: number;
  from: number; // columns
  to: number;
  text: string;
  told: string;
  final: boolean;
}

const US = 1;
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
const isFinal = (line: LadderLine) => /^SIP\/2\.0 [2-6]/.test(line.line);

function shortLine(one: LadderLine): string {
  const line = one.line
    .replace(/^SIP\/2\.0 /, '')
    .replace(/ \S+ SIP\/2\.0$/, '')
    .trim();
  const again = /retransmission/i.test(one.note ?? '') ? ' ↻' : '';
  return (/sdp/i.test(one.note ?? '') ? `${line} + SDP` : line) + again;
}

// What the caller's INVITE was answered with.
function lastWord(ladder: LadderLine[]): LadderLine | undefined {
  const invite = ladder.find((line) => line.dir === 'in' && !line.leg);
  return ladder.find(
    (line) =>
      line.dir === 'out' &&
      !line.leg &&
      isFinal(line) &&
      (line.method ?? 'INVITE') === 'INVITE' &&
      (line.cseq ?? invite?.cseq) === (invite?.cseq ?? line.cseq),
  );
}

function messages(ladder: LadderLine[], columns: Column[]): Row[] {
  const last = lastWord(ladder);
  const ends = columns.map((one) => [one.title, one.address].filter(Boolean).join(' '));
  return ladder.map((line) => {
    const party = columnOf(columns, line.leg);
    const [from, to] = line.dir === 'in' ? [party, US] : [US, party];
    const way = [from, to].map((at) => ends[at]).join(' → ');
    const short = shortLine(line);
    const crowd = (columns[party]?.legs.length ?? 0) > 1;
    return {
      kind: 'message',
      at_ms: line.at_ms,
      from,
      to,
      text: crowd ? `${line.leg}: ${short}` : short,
      told: line.text ?? [way, line.line, line.note].filter(Boolean).join('\n'),
      final: line === last,
    };
  });
}

// Records of earlier programs do not say when a media began: the first with the answer, others
// after it.
function begun(media: PlayedMedia[], ladder: LadderLine[]): PlayedMedia[] {
  let next = ladder.find((line) => /^SIP\/2\.0 (183|200)/.test(line.line) && !line.leg)?.at_ms;
  return media.flatMap((one) => {
    const at_ms = one.at_ms ?? next;
    if (at_ms === undefined) return [];
    next = at_ms + one.sent_ms;
    return [{ ...one, at_ms }];
  });
}

// They say with whom the caller talked last, and since when.
function talksOf(source: LadderSource): Talk[] {
  if (source.talks || !source.bridged_leg || source.bridged_ms === undefined) {
    return source.talks ?? [];
  }
  const { bridged_ms: at_ms, bridged_leg: other, started_ms, ended_ms } = source;
  if (ended_ms === undefined || started_ms === undefined) return [{ at_ms, one: 0, other }];
  return [{ at_ms, ended_ms: ended_ms - started_ms, one: 0, other }];
}

function sounds(source: LadderSource, columns: Column[], name: Name, t: Translate): Row[] {
  const media = begun(source.media, source.ladder).map((one): Row => {
    const heard = `${name(one.id)}, ${seconds(one.sent_ms)}`;
    const text = one.skipped && one.sent_ms === 0 ? `${name(one.id)}: ${one.skipped}` : heard;
    const told = one.skipped ? `${heard}\n${one.skipped}` : heard;
    const to = columnOf(columns, one.leg);
    return { kind: 'sound', at_ms: one.at_ms ?? 0, from: US, to, text, told, final: false };
  });
  const talks = talksOf(source).map((one): Row => {
    const from = columnOf(columns, one.one);
    const to = columnOf(columns, one.other);
    const text =
      one.ended_ms === undefined
        ? t('Talk')
        : t('Talk, {{length}}', { length: seconds(one.ended_ms - one.at_ms) });
    const who = [from, to].map((at) => columns[at]?.title).join(' ↔ ');
    return {
      kind: 'sound',
      at_ms: one.at_ms,
      from,
      to,
      text,
      told: `${text}\n${who}`,
      final: false,
    };
  });
  return [...media, ...talks];
}

type Name = (media: string) => string;

export function rowsOf(source: LadderSource, columns: Column[], name: Name, t: Translate): Row[] {
  const rows = messages(source.ladder, columns);
  for (const sound of sounds(source, columns, name, t)) {
    const at = rows.findIndex((row) => row.at_ms > sound.at_ms);
    rows.splice(at < 0 ? rows.length : at, 0, sound);
  }
  return rows;
}

// For those who do not see it.
export function spoken(row: Row, columns: Column[]): string {
  const time = (row.at_ms / 1000).toFixed(3);
  if (row.kind === 'sound') return `${time} ${row.text}`;
  return `${time} ${columns[row.from]?.title} → ${columns[row.to]?.title}: ${row.text}`;
}
