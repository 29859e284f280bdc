// What the values of a block's settings are called. Callflow documents hold KAZOO's words; people
// read the product's.
import type { Action } from '@/api/types';
import type { Translate } from '@/language/translate';

const ON_OFF = { activate: 'Turn on', deactivate: 'Turn off', toggle: 'Turn on or off' };
const TURNS = { simultaneous: 'All at once', single: 'One after another' };

// By action and parameter.
export const VALUE_WORDS: Record<string, Record<string, string>> = {
  'branch_variable.scope': { custom_channel_vars: 'This call' },
  'call_forward.action': { ...ON_OFF, update: 'Turn on with another number' },
  'do_not_disturb.action': ON_OFF,
  'prepend_cid.action': { prepend: 'Put in front', reset: 'As the call came in' },
  'prepend_cid.apply_to': { original: 'As the call came in', current: 'As it is by now' },
  'privacy.mode': {
    full: 'Name and number',
    name: 'Name only',
    number: 'Number only',
    none: 'Nothing any more',
  },
  'resources.caller_id_type': {
    external: 'Number outside',
    internal: 'Extension',
    caller: 'Whoever calls',
  },
  'ring_group.strategy': { ...TURNS, weighted_random: 'At random' },
  'sleep.unit': { ms: 'ms', s: 's', m: 'min', h: 'h' },
  'temporal_route.action': {
    '': 'Asks the rules',
    enable: 'Always: forced on',
    disable: 'Never: forced off',
    reset: 'By time again',
  },
  'user.strategy': TURNS,
};

export function valueWord(action: Action, param: string, value: string, t: Translate): string {
  const words = VALUE_WORDS[`${action.name}.${param}`];
  const word = words && Object.hasOwn(words, value) ? words[value] : undefined;
  return word === undefined ? value : t(word);
}
