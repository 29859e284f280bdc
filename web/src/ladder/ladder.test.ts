import { describe, expect, it } from 'vitest';
import type { CallLeg, LadderLine } from '@/api/types';
import { sampleCalls } from '@/testing/sample-data';
import { columnOf, columnsOf, PARTIES_MAX } from './columns';
import { arrow, cut, planOf } from './layout';
import { rowsOf, spoken } from './rows';

const t = (text: string, facts: Record<string, unknown> = {}) =>
  text.replace(/{{(\w+)}}/g, (_, name) => String(facts[name]));
const name = (id: string) => id;

const line = (at_ms: number, dir: 'in' | 'out', text: string, leg?: number): LadderLine => ({
  at_ms,
  dir,
  line: text,
  ...(leg ? { leg } : {}),
});
const INVITE = 'INVITE sip:1000@pbx.example:5062;transport=tcp SIP/2.0';
const leg = (number: number, more: Partial<CallLeg> = {}): CallLeg => ({
  number,
  target: 'sip:x@y',
  began_ms: 0,
  code: 0,
  phrase: '',
  reasons: [],
  ...more,
});

const forked = sampleCalls().find((call) => call.legs);
if (!forked) throw new Error('no sample call with legs');

describe('the columns', () => {
  it('are the caller, the server and each one that was rung', () => {
    const shown = columnsOf(forked, t).map(({ title, place }) => [title, place]);
    expect(shown).toEqual([
      ['Caller', '192.0.2.10'],
      ['Strowger', 'pbx.example'],
      ['Reception', 'Ext 1001'],
      ['Carrier One', '+49 30 5550 01'],
    ]);
  });
  it('tell why in their tooltip', () => {
    const [caller, , reception] = columnsOf(forked, t);
    expect(caller?.told).toMatch(/Lena Fox[\s\S]*Linphone\/5\.2/);
    expect(reception?.told).toMatch(/Yealink[\s\S]*486 Busy Here[\s\S]*cause=17/);
  });
  it('of two phones of one seat say which', () => {
    const same = { party: 'Anna Berg', extension: '1001', place: 'udp:192.0.2.7:5062' };
    const ladder = [line(0, 'out', INVITE, 1), line(0, 'out', INVITE, 2)];
    const legs = [leg(1, { ...same, device: 'Desk' }), leg(2, same)];
    const places = columnsOf({ ladder, media: [], legs }, t).map((one) => one.place);
    expect(places.slice(2)).toEqual(['Desk', '192.0.2.7:5062']);
  });
  it('are so many, and one for the others', () => {
    const ladder = Array.from({ length: 30 }, (_, at) => line(at, 'out', INVITE, at + 1));
    const columns = columnsOf({ ladder, media: [] }, t);
    expect(columns).toHaveLength(2 + PARTIES_MAX + 1);
    expect(columns[2]?.title).toBe('Phone 1');
    expect(columns.at(-1)?.title).toBe('and 18 more');
    expect(columnOf(columns, 30)).toBe(14);
    expect(rowsOf({ ladder, media: [] }, columns, name, t)[29]?.text).toBe('30: INVITE');
  });
  it('of a record of an earlier program are two', () => {
    const ladder = [line(0, 'in', INVITE), line(1, 'out', 'SIP/2.0 486 Busy')];
    const [caller, us, ...others] = columnsOf({ ladder, media: [] }, t);
    expect([caller?.place, us?.place, others]).toEqual(['', 'pbx.example:5062', []]);
  });
});

describe('the rows', () => {
  it('go between the right two', () => {
    const columns = columnsOf(forked, t);
    const rows = rowsOf(forked, columns, name, t);
    expect(rows.map((row) => spoken(row, columns))).toEqual([
      '0.000 Caller → Strowger: INVITE',
      '0.001 Strowger → Caller: 100 Trying',
      '0.002 Strowger → Reception: INVITE',
      '0.003 Strowger → Carrier One: INVITE',
      '0.210 Reception → Strowger: 486 Busy Here',
      '0.210 Strowger → Reception: ACK',
      '2.400 Carrier One → Strowger: 200 OK',
      '2.401 Strowger → Carrier One: ACK',
      '2.410 Strowger → Caller: 200 OK + SDP',
      '2.410 Talk, 3.8 s',
      '2.428 Caller → Strowger: ACK',
    ]);
    expect(rows.filter((row) => row.final).map((row) => row.at_ms)).toEqual([2410]);
    expect(rows[9]).toMatchObject({ from: 0, to: 3 });
    expect(rows[4]?.told).toBe(
      'Reception 192.0.2.31:5060 → Strowger pbx.example\nSIP/2.0 486 Busy Here',
    );
  });
  it('show who heard a sound, and when', () => {
    const media = [
      { id: 'closed', sent_ms: 2000, packets: 100, at_ms: 5, leg: 1 },
      { id: 'gone', sent_ms: 0, packets: 0, at_ms: 3, skipped: 'no such media' },
    ];
    const ladder = [
      line(0, 'in', INVITE),
      line(4, 'out', INVITE, 1),
      line(9, 'in', 'BYE x SIP/2.0'),
    ];
    const columns = columnsOf({ ladder, media }, t);
    const rows = rowsOf({ ladder, media }, columns, name, t);
    expect(rows.map(({ text, to }) => [text, to])).toEqual([
      ['INVITE', 1],
      ['gone: no such media', 0],
      ['INVITE', 2],
      ['closed, 2.0 s', 2],
      ['BYE', 1],
    ]);
  });
  it('of earlier programs: sounds follow the answer, the talk is the last one', () => {
    const old = {
      ladder: [line(0, 'in', INVITE), line(7, 'out', 'SIP/2.0 200 OK')],
      media: [{ id: 'hello', sent_ms: 900, packets: 45 }],
      started_ms: 1000,
      ended_ms: 5000,
      bridged_leg: 1,
      bridged_ms: 2000,
    };
    const rows = rowsOf(old, columnsOf(old, t), name, t);
    expect(rows.map(({ at_ms, text }) => [at_ms, text])).toEqual([
      [0, 'INVITE'],
      [7, '200 OK'],
      [7, 'hello, 0.9 s'],
      [2000, 'Talk, 2.0 s'],
    ]);
  });
});

describe('the layout', () => {
  const columns = columnsOf(forked, t);
  const rows = rowsOf(forked, columns, name, t);
  it('fills the room, and scrolls rather than squeezes', () => {
    expect(planOf(3, [], 620).width).toBe(620);
    expect(planOf(2, [], 2000).width).toBe(377);
    expect(planOf(14, [], 620).width).toBe(78 + 13 * 132 + 46);
  });
  it('puts a text beside its party', () => {
    const plan = planOf(columns.length, rows, 640);
    const gap = plan.x(1) - plan.x(0);
    expect(plan.spots[3]?.textX).toBe(plan.x(3) - gap / 2);
    expect(plan.spots[0]?.textX).toBe(plan.x(0) + gap / 2);
  });
  it('cuts what is too long', () => {
    const [row] = rows;
    if (!row) throw new Error('no row');
    const plan = planOf(2, [{ ...row, text: 'x'.repeat(200) }], 620);
    expect(plan.spots[0]?.text).toMatch(/^x+…$/);
    expect(plan.spots[0]?.text.length).toBeLessThan(40);
    expect(cut('☎☎☎', 14, 7)).toBe('☎…');
    expect(plan.head(0, 'An unusually long name of somebody')).toMatch(/…$/);
  });
  it('draws an arrow to either side', () => {
    const spot = { y: 50, timeY: 54, textX: 0, textY: 44, text: '' };
    expect(arrow({ ...spot, x1: 78, x2: 331 })).toBe('M80 50H329M323 46L329 50L323 54');
    expect(arrow({ ...spot, x1: 331, x2: 78 })).toBe('M329 50H80M86 46L80 50L86 54');
  });
});
