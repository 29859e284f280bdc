// The frame around every page that needs a login.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Navigate, Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useConnection } from '@/api/connection';
import { sessionQuery } from '@/api/queries';
import { ApiProblem } from '@/api/request';
import { Confirmation } from '@/ui/confirm';
import { Toasts } from '@/ui/toasts';
import { fetchTheRest } from './lazy-page';
import { LostBanner } from './lost-banner';
import { NoServer } from './no-server';
import { Rail } from './rail';

const PROBE_MS = 5000;

const SignInAgain = lazy(() => import('@/session/sign-in-again'));
const MustChangePage = lazy(() => import('@/session/must-change-page'));

// What happened while the server, or the session, was away is read again.
function useFreshAfterReturn(): void {
  const cache = useQueryClient();
  const returns = useConnection((state) => state.returns);
  useEffect(() => {
    if (returns > 0) void cache.invalidateQueries();
  }, [cache, returns]);
}

// The address changes before this is gone: what counts is the one that it came with.
function ToLogin({ from }: { from: string }) {
  const [back] = useState(from);
  return <Navigate to="/login" search={back === '/' ? {} : { back }} />;
}

export function Frame() {
  const { lost, signedOut } = useConnection();
  const probing = { ...sessionQuery, refetchInterval: lost ? PROBE_MS : (false as const) };
  const { data: session, error, refetch } = useQuery(probing);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useFreshAfterReturn();
  useEffect(fetchTheRest, []);
  const retry = () => void refetch();
  if (!session) {
    if (error instanceof ApiProblem && error.status === 401) {
      return <ToLogin from={path} />;
    }
    return error && <NoServer why={error.message} retry={retry} />;
  }
  const editing = /^\/callflows\/./.test(path);
  return (
    <div className={`flex h-full flex-col bg-panel ${editing ? 'editing' : ''}`}>
      {lost && <LostBanner editing={editing} retry={retry} />}
      <div className="flex min-h-0 flex-1">
        {session.must_change_password ? (
          <Suspense fallback={null}>
            <MustChangePage session={session} />
          </Suspense>
        ) : (
          <>
            <Rail />
            <Outlet />
          </>
        )}
      </div>
      <Toasts />
      <Confirmation />
      {signedOut && (
        <Suspense fallback={null}>
          <SignInAgain session={session} />
        </Suspense>
      )}
    </div>
  );
}
