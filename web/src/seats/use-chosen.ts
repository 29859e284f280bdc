// What is chosen in a list stands in the address: links lead to it, and Back closes it.
import { useNavigate, useParams } from '@tanstack/react-router';
import { useCallback, useEffect, useRef } from 'react';

type List =
  | '/seats/{-$id}'
  | '/phones/{-$id}'
  | '/ring-groups/{-$id}'
  | '/media/{-$id}'
  | '/trunks/{-$id}'
  | '/users/{-$id}';

// Whether the page is still shown: what was sent from it may arrive when somebody is elsewhere.
export function useHere() {
  const here = useRef(false);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  return here;
}

export function useChosen(to: List) {
  const { id = null } = useParams({ strict: false });
  const navigate = useNavigate();
  const here = useHere();
  const choose = useCallback(
    (next: string | null) => {
      if (here.current) void navigate({ to, params: { id: next ?? undefined } });
    },
    [here, navigate, to],
  );
  return [id, choose] as const;
}
