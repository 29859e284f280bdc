// What is chosen in a list stands in the address: links lead to it, and Back closes it.
import { useNavigate, useParams } from '@tanstack/react-router';
import { useCallback } from 'react';

export function useChosen(to: '/seats/{-$id}' | '/phones/{-$id}') {
  const { id = null } = useParams({ strict: false });
  const navigate = useNavigate();
  const choose = useCallback(
    (next: string | null) => void navigate({ to, params: { id: next ?? undefined } }),
    [navigate, to],
  );
  return [id, choose] as const;
}
