// Whether a seat can be reached, as a word.
import { useTranslation } from '@/language/translate';
import type { SeatState } from './states';

const TONES: Record<SeatState, string> = {
  ready: 'pill-ok',
  dnd: 'pill-warn',
  forwarded: 'pill-warn',
  disabled: 'pill-err',
  offline: '',
  no_phone: '',
};

export function useStateWords(): Record<SeatState, string> {
  const { t } = useTranslation();
  return {
    ready: t('Ready'),
    offline: t('Offline'),
    no_phone: t('No phone'),
    dnd: t('Do not disturb'),
    forwarded: t('Forwarded'),
    disabled: t('Disabled'),
  };
}

export function StatePill({ state }: { state: SeatState }) {
  const words = useStateWords();
  return (
    <span className={`pill ${TONES[state]}`}>
      {state === 'ready' && <span className="dot" aria-hidden />}
      {words[state]}
    </span>
  );
}
