// How a trunk stands: one word, and what there is to say about it.

import { readerOf } from '@/api/refusals';
import type { TrunkState } from '@/api/trunks';
import { useTranslation } from '@/language/translate';

export type Standing =
  | 'off'
  | 'ready'
  | 'registered'
  | 'trying'
  | 'failing'
  | 'nowhere'
  | 'insecure'; // its TLS does not come to be

export interface Shown {
  enabled: boolean;
  registers: boolean;
  logsIn?: boolean; // at us
  state: TrunkState;
}

export function standing({ enabled, registers, logsIn, state }: Shown): Standing {
  if (!enabled) return 'off';
  if (state.tls_trouble && state.registration !== 'registered') return 'insecure';
  if (state.registration === 'refused' || state.registration === 'silent') return 'failing';
  if (state.trouble && !state.reached_at?.length) return 'nowhere';
  if (!registers && logsIn) {
    if (state.registered_here?.length) return 'registered';
    return state.reached_at?.length ? 'ready' : 'failing';
  }
  if (!registers) return 'ready';
  return state.registration === 'registered' ? 'registered' : 'trying';
}

const TONES: Record<Standing, string> = {
  off: '',
  ready: 'pill-ok',
  registered: 'pill-ok',
  trying: 'pill-warn',
  failing: 'pill-err',
  nowhere: 'pill-err',
  insecure: 'pill-err',
};

export function TrunkPill(shown: Shown) {
  const { t } = useTranslation();
  const words: Record<Standing, string> = {
    off: t('Switched off'),
    ready: t('Ready'),
    registered: t('Registered'),
    trying: t('Registering'),
    failing: t('Not registered'),
    nowhere: t('Not found'),
    insecure: t('TLS fails'),
  };
  const now = standing(shown);
  return <span className={`pill ${TONES[now]}`}>{words[now]}</span>;
}

// What keeps it from being reached, by the server's forms.
export const TROUBLES: readonly string[] = [
  'no address of ours over {{transport}} reaches {{place}}',
  '{{host}}: Name or service not known',
  '{{host}}: Temporary failure in name resolution',
  'TLS to {{name}} ({{place}}) failed: {{why}}',
];
const read = readerOf(TROUBLES);
const troubleWords = (trouble: string) => read(trouble) ?? trouble;

export function useDetails(state: TrunkState): string[] {
  const { t } = useTranslation();
  const {
    code,
    phrase,
    trouble,
    tls_trouble,
    reached_at = [],
    registered_here = [],
    calls = 0,
    worked = 0,
    failed = 0,
  } = state;
  return [
    ...(phrase && state.registration !== 'registered' ? [`${code ?? ''} ${phrase}`.trim()] : []),
    ...[trouble, tls_trouble].filter((one) => one !== undefined).map(troubleWords),
    ...(reached_at.length ? [t('Reached at {{places}}', { places: reached_at.join(', ') })] : []),
    ...registered_here.map(({ transport, source }) =>
      t('Registered here from {{place}}', { place: `${transport}:${source}` }),
    ),
    t('{{calls}} calls now; {{worked}} taken, {{failed}} failed since the start', {
      calls,
      worked,
      failed,
    }),
  ];
}
