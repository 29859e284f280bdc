// The frame around every page that needs a login.
import { useQuery } from '@tanstack/react-query';
import { Navigate, Outlet, useRouterState } from '@tanstack/react-router';
import { sessionQuery } from '@/api/queries';
import { ApiProblem } from '@/api/request';
import { Confirmation } from '@/ui/confirm';
import { Toasts } from '@/ui/toasts';
import { NoServer } from './no-server';
import { Rail } from './rail';

export function Frame() {
  const { data: session, error, refetch } = useQuery(sessionQuery);
  const path = useRouterState({ select: (state) => state.location.pathname });
  if (error instanceof ApiProblem && error.status === 401) return <Navigate to="/login" />;
  if (error) return <NoServer why={error.message} retry={() => void refetch()} />;
  if (!session) return null;
  const editing = /^\/callflows\/./.test(path);
  return (
    <div className={`flex h-full bg-panel ${editing ? 'editing' : ''}`}>
      <Rail />
      <Outlet />
      <Toasts />
      <Confirmation />
    </div>
  );
}
