// The groups of the catalog, in the order that the product fixes, with the colour of their tiles.
import type { Action } from '@/api/types';

export interface Group {
  id: string;
  title: string; // fixed by the product: never translated
  colour: string; // of tokens.css: --g-<colour>
}

const ORDER: readonly Group[] = [
  { id: 'basic', title: 'Basic', colour: 'basic' },
  { id: 'advanced', title: 'Advanced', colour: 'advanced' },
  { id: 'call-settings', title: 'Call Settings', colour: 'callsettings' },
  { id: 'caller-id', title: 'Caller ID', colour: 'callerid' },
  { id: 'time-of-day', title: 'Time of Day', colour: 'time' },
  { id: 'call-forwarding', title: 'Call Forwarding', colour: 'forward' },
  { id: 'call-recording', title: 'Call Recording', colour: 'recording' },
  { id: 'hotdesking', title: 'Hotdesking', colour: 'hotdesk' },
  { id: 'do-not-disturb', title: 'Do Not Disturb', colour: 'dnd' },
  { id: 'ring-group-toggle', title: 'Ring Group Toggle', colour: 'ringtoggle' },
];

export function groupOf(id: string): Group {
  return ORDER.find((group) => group.id === id) ?? { id, title: id, colour: 'dnd' };
}

export function grouped(actions: readonly Entry[]): { group: Group; actions: Entry[] }[] {
  const ids = new Set([...ORDER.map((group) => group.id), ...actions.map((one) => one.group)]);
  return [...ids].flatMap((id) => {
    const members = actions.filter((action) => action.group === id);
    return members.length ? [{ group: groupOf(id), actions: members }] : [];
  });
}

export interface Entry extends Action {
  preset?: Record<string, unknown>; // what a block made from this entry begins with
}

// What the catalog shows: each action, and behind it its variants.
export function entriesOf(actions: readonly Action[]): Entry[] {
  return actions.flatMap((action): Entry[] => [
    action,
    ...(action.variants ?? []).map(({ title, data }) => ({ ...action, title, preset: data })),
  ]);
}

// Lower is better; null: no match. Titles count more than what the summary says.
export function matchRank(action: Action, search: string): number | null {
  const wanted = search.trim().toLowerCase();
  if (!wanted) return 0;
  const title = action.title.toLowerCase();
  if (title.startsWith(wanted)) return 0;
  if (title.includes(wanted) || action.name.includes(wanted)) return 1;
  return action.summary.toLowerCase().includes(wanted) ? 2 : null;
}
