// The rule or rule set that is chosen stands in the address: links lead to it, and Back closes it.
import { useNavigate, useParams } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useHere } from '@/seats/use-chosen';
import type { Chosen } from './schedule-panel';

export const PLACES = { temporal_rules: 'rules', temporal_rule_sets: 'sets' } as const;

function kindAt(place: string | undefined): Chosen['kind'] | undefined {
  if (place === PLACES.temporal_rules) return 'temporal_rules';
  return place === PLACES.temporal_rule_sets ? 'temporal_rule_sets' : undefined;
}

export function useChosenRule() {
  const { kind: place, id } = useParams({ strict: false });
  const navigate = useNavigate();
  const here = useHere();
  const choose = useCallback(
    (next: Chosen | null) => {
      if (!here.current) return;
      const params = { kind: next ? PLACES[next.kind] : undefined, id: next?.id };
      void navigate({ to: '/time-of-day/{-$kind}/{-$id}', params });
    },
    [here, navigate],
  );
  const kind = kindAt(place);
  const chosen: Chosen | null = kind && id ? { kind, id } : null;
  return [chosen, choose] as const;
}
