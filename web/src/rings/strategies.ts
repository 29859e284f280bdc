// How a ring group rings its members.

import type { Strategy } from '@/api/office';
import { useTranslation } from '@/language/translate';

export const STRATEGIES: Strategy[] = ['simultaneous', 'single', 'weighted_random'];

export function isStrategy(text: string): text is Strategy {
  return (STRATEGIES as string[]).includes(text);
}

export function useStrategyWords(): Record<Strategy, { name: string; means: string }> {
  const { t } = useTranslation();
  return {
    simultaneous: { name: t('All at once'), means: t('Each after its own delay.') },
    single: { name: t('One after another'), means: t('In this order.') },
    weighted_random: {
      name: t('At random'),
      means: t('One after another; who has more weight comes first more often.'),
    },
  };
}
