// Pages are fetched when they are first wanted; the rest follows while nothing else is going on, so
// that a server that is away later does not take the way to them.
import { lazyRouteComponent, type RouteComponent } from '@tanstack/react-router';
import { noteAnswer } from '@/api/connection';

const IDLE_MS = 4000; // where the browser cannot say that it is idle

const pages: RouteComponent[] = [];

export class NotFetched extends Error {}

// The error has another name than the browser gives it: the router would reload for that one, and a
// server that is away would cost the page that is still there.
export function lazyPage(load: () => Promise<{ default: RouteComponent }>): RouteComponent {
  const page = lazyRouteComponent(async () => {
    try {
      return await load();
    } catch (cause) {
      noteAnswer(0);
      throw new NotFetched('a page', { cause });
    }
  });
  pages.push(page);
  return page;
}

export function fetchTheRest(): void {
  const fetchAll = async () => {
    await Promise.allSettled(pages.map((page) => page.preload?.()));
    await Promise.allSettled([import('@/ui/confirm-dialog'), import('@/session/sign-in-again')]);
  };
  if ('requestIdleCallback' in window) requestIdleCallback(() => void fetchAll());
  else setTimeout(() => void fetchAll(), IDLE_MS);
}
