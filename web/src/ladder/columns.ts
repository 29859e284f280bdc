// The columns of a ladder: the caller, the server, and each phone or carrier that was rung.

import type { CallLeg, LadderLine, PlayedMedia, Talk } from '@/api/types';
import { shownNumber } from '@/callflow/numbers';
import type { Translate } from '@/language/translate';

// Parties with a column of their own; the others share one more.
export const PARTIES_MAX = 12;

// A call, or a simulated one.
export interface LadderSource {
  ladder: LadderLine[];
  media: PlayedMedia[];
  legs?: CallLeg[];
  talks?: Talk[];
  source?: string;
  from?: string;
  caller_name?: string;
  user_agent?: string;
  started_ms?: number;
  ended_ms?: number;
  bridged_leg?: number;
  bridged_ms?: number;
}

export interface Column {
  legs: number[];
  title: string;
  place: string;
  address: string; // "192.0.2.1:5060"
  told: string; // all that is known, line by line
}

// "udp:192.0.2.1:5060" → "192.0.2.1:5060"
const addressOf = (place: string) => place.replace(/^[a-z]+:/, '');
// The usual port says nothing.
const hostOf = (place: string) => addressOf(place).replace(/:5060$/, '');

// By which name the caller called us.
export function ourHost(ladder: LadderLine[]): string {
  const invite = ladder.find((one) => one.dir === 'in' && !one.leg);
  return /^[A-Z]+ sips?:(?:[^@\s]*@)?([^\s;?]+)/.exec(invite?.line ?? '')?.[1] ?? '';
}

export const isCarrier = (leg: CallLeg) => leg.name?.startsWith('trunk ') ?? false;

export function titleOfLeg(leg: CallLeg, t: Translate): string {
  return leg.party || leg.name || t('Phone {{number}}', { number: leg.number });
}

export function placeOfLeg(leg: CallLeg, t: Translate): string {
  if (!leg.extension) return hostOf(leg.place ?? '');
  const number = shownNumber(leg.extension);
  return isCarrier(leg) ? number : t('Ext {{number}}', { number });
}

export function resultOfLeg(leg: CallLeg): string {
  return leg.code ? `${leg.code} ${leg.phrase}`.trim() : '';
}

const lines = (...all: (string | undefined)[]) => all.filter(Boolean).join('\n');

function columnOfLeg(leg: CallLeg, t: Translate): Column {
  return {
    legs: [leg.number],
    title: titleOfLeg(leg, t),
    place: placeOfLeg(leg, t),
    address: addressOf(leg.place ?? ''),
    told: lines(
      titleOfLeg(leg, t),
      leg.name,
      leg.device,
      leg.user_agent,
      leg.target,
      leg.place,
      resultOfLeg(leg),
      leg.note,
      ...(leg.reasons ?? []),
    ),
  };
}

// Two phones of one seat are told apart by their names, else by where they are.
function tellApart(columns: Column[], legs: Map<number, CallLeg>): Column[] {
  const key = (one: Column) => `${one.title}\n${one.place}`;
  const alike = (one: Column) => columns.filter((other) => key(other) === key(one)).length > 1;
  return columns.map((one) => {
    const leg = legs.get(one.legs[0] ?? 0);
    const other = leg?.device || hostOf(leg?.place ?? '');
    return other && alike(one) ? { ...one, place: other } : one;
  });
}

// Those with a message: who was not rung at all has none.
export function columnsOf(source: LadderSource, t: Translate): Column[] {
  const known = new Map((source.legs ?? []).map((leg) => [leg.number, leg]));
  const heard = new Set(source.ladder.map((line) => line.leg ?? 0));
  const numbers = [...heard].filter((leg) => leg > 0).sort((a, b) => a - b);
  const nobody = { target: '', began_ms: 0, code: 0, phrase: '', reasons: [] };
  const parties = numbers
    .slice(0, PARTIES_MAX)
    .map((number) => columnOfLeg(known.get(number) ?? { ...nobody, number }, t));
  const others = numbers.slice(PARTIES_MAX);
  const caller: Column = {
    legs: [0],
    title: t('Caller'),
    place: hostOf(source.source ?? ''),
    address: addressOf(source.source ?? ''),
    told: lines(source.caller_name, source.from, source.user_agent, source.source) || t('Caller'),
  };
  const host = ourHost(source.ladder);
  const us: Column = {
    legs: [],
    title: 'Strowger',
    place: host,
    address: host,
    told: lines('Strowger', host),
  };
  const count = others.length;
  const more = { legs: others, title: t('and {{count}} more', { count }), place: '', address: '' };
  return [caller, us, ...tellApart(parties, known), ...(count ? [{ ...more, told: '' }] : [])];
}

export function columnOf(columns: Column[], leg: number | undefined): number {
  const index = columns.findIndex((one) => one.legs.includes(leg ?? 0));
  return Math.max(index, 0);
}
