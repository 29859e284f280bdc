// Finding a code by number, name or plain words, and what a code means for this block.

import type { ResponseCode, ResponseCodes, Verdict } from '@/api/types';
import type { Translate } from '@/language/translate';

// `say`: what is explained can be searched for in the language in which it is read.
export function searchCodes(
  codes: readonly ResponseCode[],
  search: string,
  say: Translate = (english) => english,
): ResponseCode[] {
  const wanted = search.trim().toLowerCase();
  if (!wanted) return [...codes].filter((one) => one.verdict !== 'no');
  const words = wanted.split(/\s+/);
  return codes
    .map((one) => ({ one, rank: rankOf(one, wanted, words, say) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank || a.one.code - b.one.code)
    .map(({ one }) => one);
}

const VERDICT_RANK: Record<Verdict, number> = { ok: 4, automatic: 3, ask: 2, warn: 2, no: 0 };

function rankOf(one: ResponseCode, wanted: string, words: string[], say: Translate): number {
  if (/^\d+$/.test(wanted)) return String(one.code).startsWith(wanted) ? 100 : 0;
  const phrase = one.phrase.toLowerCase();
  const search = one.search.toLowerCase();
  const told = `${one.explanation} ${say(one.explanation)}`.toLowerCase();
  const all = `${phrase} ${search} ${told}`;
  if (!words.every((word) => all.includes(word))) return 0;
  let rank = 1 + VERDICT_RANK[one.verdict];
  if (phrase.startsWith(wanted)) rank += 30;
  else if (phrase.includes(wanted)) rank += 20;
  if (search.split(' ').includes(wanted)) rank += 10;
  if (one.code === 486) rank += 1;
  return rank;
}

export interface CodeFacts {
  code: number;
  phrase: string; // what is sent when the message is blank
  verdict: Verdict;
  doubtful: boolean;
  explanation: string;
  instead: string;
  registered: ResponseCode | null;
}

// As the server judges codes that are not registered: 3xx ask, 4xx to 6xx warn, the rest no.
export function factsOf(codes: ResponseCodes, code: number): CodeFacts {
  const registered = codes.items.find((one) => one.code === code) ?? null;
  if (registered) return { ...registered, registered };
  const known = codes.unregistered.find((one) => one.code === code);
  const family = codes.items.find((one) => one.code === Math.floor(code / 100) * 100);
  const inRange = code >= 300 && code <= 699;
  return {
    code,
    phrase: family?.phrase ?? '',
    verdict: inRange ? (code < 400 ? 'ask' : 'warn') : 'no',
    doubtful: false,
    explanation:
      known?.note ??
      (inRange
        ? `Not registered. Phones and carriers treat it as ${Math.floor(code / 100)}00.`
        : 'Not a final SIP code.'),
    instead: inRange ? '' : 'Use a code from 400 to 699.',
    registered: null,
  };
}
