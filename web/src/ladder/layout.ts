// Where the parts of a ladder are, in pixels. No React.
import type { Row } from './rows';

const LEFT = 78; // of the caller's line: the times are beside it
export const TIMES = 60; // of their own column, which lies over the rest
const RIGHT = 46; // of the last one's
const GAP_MIN = 132; // narrower, and it scrolls sideways
const GAP_MAX = 253;
const FIRST = 50;
const MESSAGE = 29;
const BAR = 26;
const OVER = 5; // so far a text may reach beyond its arrow
const INSET = 8; // and so much is left beside one in a bar
export const LINES_FROM = 34;

const MONO = 6.7; // a character's width
const SANS = 6.3;
const BOLD = 6.9;

export interface Spot {
  x1: number;
  x2: number;
  y: number; // of the arrow; of a bar its top
  timeY: number;
  textX: number;
  textY: number;
  text: string;
}

export interface Plan {
  width: number;
  height: number;
  x: (column: number) => number;
  head: (column: number, title: string) => string;
  place: (column: number, place: string) => string;
  spots: Spot[];
}

export function cut(text: string, room: number, character: number): string {
  const letters = [...text];
  const most = Math.max(Math.floor(room / character), 1);
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`;
}

// Beside the party that it goes to or comes from; where that is too narrow, over all of the arrow.
function textOf(row: Row, x: (column: number) => number, gap: number): [string, number] {
  const [left, right] = row.from < row.to ? [row.from, row.to] : [row.to, row.from];
  const character = row.kind === 'sound' ? SANS : MONO;
  const spare = row.kind === 'sound' ? -2 * INSET : 2 * OVER;
  const party = left === 0 ? 0.5 : right - 0.5;
  const near = row.kind === 'message' && [...row.text].length * character <= gap + spare;
  if (near) return [row.text, x(party)];
  return [cut(row.text, (right - left) * gap + spare, character), x((left + right) / 2)];
}

export function planOf(columns: number, rows: Row[], room: number): Plan {
  const gaps = columns - 1;
  const even = Math.floor((room - LEFT - RIGHT) / gaps); // whole pixels are sharp
  const gap = Math.min(Math.max(even, GAP_MIN), GAP_MAX);
  const x = (column: number) => LEFT + column * gap;
  const headRoom = (column: number) => {
    const edge = column === 0 ? LEFT : column === gaps ? RIGHT : gap;
    return Math.min(gap, 2 * edge) - 6;
  };
  let next = FIRST;
  const spots = rows.map((row): Spot => {
    const bar = row.kind === 'sound';
    const y = bar ? next - 9 : next;
    next += bar ? BAR + 16 : MESSAGE;
    const [text, textX] = textOf(row, x, gap);
    const [x1, x2] = [x(row.from), x(row.to)];
    return { x1, x2, y, timeY: bar ? y + 17 : y + 4, text, textX, textY: bar ? y + 17 : y - 6 };
  });
  return {
    width: x(gaps) + RIGHT,
    height: next - 8,
    x,
    head: (column, title) => cut(title, headRoom(column), BOLD),
    place: (column, place) => cut(place, headRoom(column), SANS),
    spots,
  };
}

// "M80 50H329M323 46L329 50L323 54"
export function arrow({ x1, x2, y }: Spot): string {
  const way = x2 > x1 ? 1 : -1;
  const tip = x2 - 2 * way;
  const wing = tip - 6 * way;
  return `M${x1 + 2 * way} ${y}H${tip}M${wing} ${y - 4}L${tip} ${y}L${wing} ${y + 4}`;
}
