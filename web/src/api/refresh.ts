// Which lists an event of the server makes stale. Many events in a moment are one refresh.
import type { ServerEvent } from './types';

export const GATHERED_MS = 400;

const STALE: Record<string, string[]> = {
  callflow: ['callflows', 'numbers', 'seats', 'ring_groups', 'temporal_rules'],
  media: ['media'],
  call: ['calls'],
  seat: ['seats', 'devices', 'callflows', 'numbers'],
  device: ['devices', 'seats'],
  ring_group: ['ring_groups', 'seats'],
  trunk: ['trunks'],
  temporal_rule: ['temporal_rules', 'temporal_rule_sets', 'temporal_preview'],
  temporal_rule_set: ['temporal_rule_sets', 'temporal_rules', 'temporal_preview'],
  registration: ['registrations'],
};

// The list's name; "" for everything of the account.
export function staleLists(event: ServerEvent): string[] {
  const [noun = ''] = event.type.split('.');
  return event.type === 'resync' ? [''] : (STALE[noun] ?? []);
}

export function gathered(refresh: (list: string) => void) {
  const lists = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    for (const list of lists) refresh(list);
    lists.clear();
  };
  return {
    add: (event: ServerEvent) => {
      for (const list of staleLists(event)) lists.add(list);
      timer ??= setTimeout(flush, GATHERED_MS);
    },
    stop: () => clearTimeout(timer),
  };
}
