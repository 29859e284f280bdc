// Addresses of the app.
import {
  createRootRoute,
  createRoute,
  createRouter,
  Navigate,
  Outlet,
} from '@tanstack/react-router';
import { readAsked } from './editor/address';
import { Frame } from './frame/frame';
import { lazyPage } from './frame/lazy-page';
import { PageProblem } from './frame/page-problem';

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: () => <Navigate to="/callflows" />,
});
const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: ({ back }): { back?: string } => (typeof back === 'string' ? { back } : {}),
  component: lazyPage(() => import('./session/login-page')),
});
const frame = createRoute({ getParentRoute: () => root, id: 'frame', component: Frame });
const home = createRoute({
  getParentRoute: () => frame,
  path: '/',
  component: () => <Navigate to="/callflows" />,
});
const list = createRoute({
  getParentRoute: () => frame,
  path: '/callflows',
  component: lazyPage(() => import('./editor/list-page')),
});
const editor = createRoute({
  getParentRoute: () => frame,
  path: '/callflows/$id',
  validateSearch: readAsked,
  component: lazyPage(() => import('./editor/page')),
});
const media = createRoute({
  getParentRoute: () => frame,
  path: '/media/{-$id}',
  component: lazyPage(() => import('./media/media-page')),
});
const numbers = createRoute({
  getParentRoute: () => frame,
  path: '/numbers',
  component: lazyPage(() => import('./numbers/numbers-page')),
});
const seats = createRoute({
  getParentRoute: () => frame,
  path: '/seats/{-$id}',
  component: lazyPage(() => import('./seats/seats-page')),
});
const phones = createRoute({
  getParentRoute: () => frame,
  path: '/phones/{-$id}',
  component: lazyPage(() => import('./phones/phones-page')),
});
const ringGroups = createRoute({
  getParentRoute: () => frame,
  path: '/ring-groups/{-$id}',
  component: lazyPage(() => import('./rings/ring-groups-page')),
});
const timeOfDay = createRoute({
  getParentRoute: () => frame,
  path: '/time-of-day/{-$kind}/{-$id}',
  component: lazyPage(() => import('./schedule/time-of-day-page')),
});
const calls = createRoute({
  getParentRoute: () => frame,
  path: '/calls',
  component: lazyPage(() => import('./calls/calls-page')),
});
const settings = createRoute({
  getParentRoute: () => frame,
  path: '/settings',
  component: lazyPage(() => import('./settings/settings-page')),
});
const trunks = createRoute({
  getParentRoute: () => frame,
  path: '/trunks/{-$id}',
  component: lazyPage(() => import('./trunks/trunks-page')),
});
const users = createRoute({
  getParentRoute: () => frame,
  path: '/users/{-$id}',
  component: lazyPage(() => import('./users/users-page')),
});
const tokens = createRoute({
  getParentRoute: () => frame,
  path: '/tokens',
  component: lazyPage(() => import('./tokens/tokens-page')),
});
const audit = createRoute({
  getParentRoute: () => frame,
  path: '/audit',
  component: lazyPage(() => import('./audit/audit-page')),
});
const accounts = createRoute({
  getParentRoute: () => frame,
  path: '/accounts',
  component: lazyPage(() => import('./accounts/accounts-page')),
});

export const router = createRouter({
  routeTree: root.addChildren([
    login,
    frame.addChildren([
      home,
      list,
      editor,
      seats,
      phones,
      ringGroups,
      timeOfDay,
      media,
      numbers,
      calls,
      settings,
      trunks,
      users,
      tokens,
      audit,
      accounts,
    ]),
  ]),
  defaultPreload: false,
  defaultErrorComponent: PageProblem,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
