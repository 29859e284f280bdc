// Addresses of the app.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  Outlet,
} from '@tanstack/react-router';
import { Frame } from './frame/frame';

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: () => <Navigate to="/callflows" />,
});
const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  component: lazyRouteComponent(() => import('./session/login-page')),
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
  component: lazyRouteComponent(() => import('./editor/list-page')),
});
const editor = createRoute({
  getParentRoute: () => frame,
  path: '/callflows/$id',
  component: lazyRouteComponent(() => import('./editor/page')),
});
const media = createRoute({
  getParentRoute: () => frame,
  path: '/media',
  component: lazyRouteComponent(() => import('./media/media-page')),
});
const numbers = createRoute({
  getParentRoute: () => frame,
  path: '/numbers',
  component: lazyRouteComponent(() => import('./numbers/numbers-page')),
});
const calls = createRoute({
  getParentRoute: () => frame,
  path: '/calls',
  component: lazyRouteComponent(() => import('./calls/calls-page')),
});

export const router = createRouter({
  routeTree: root.addChildren([
    login,
    frame.addChildren([home, list, editor, media, numbers, calls]),
  ]),
  defaultPreload: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
