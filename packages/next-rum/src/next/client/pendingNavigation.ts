import type { RouteCancellation, RouteCommit } from '@rumkit/react-rum/agent';

/** The navigation that a router has begun and not yet shown. */
export interface PendingNavigation {
  /**
   * Another navigation began. The one before it is cancelled, unless both lead to the same path, as after a double click:
   * that is one navigation, whose first click counts.
   *
   * @param replaces Whether it is to replace what is shown. If that had only just arrived, it was a page that redirects:
   *   Next shows those before it goes where they say.
   */
  begin(path: string, replaces?: boolean): void;
  /** The router goes on with the navigation under way where there is one, such as after a redirect; else one began. */
  goOn(path: string): void;
  /** The router gave up on this path because something else began. That it is cancelled shows when the next is known. */
  giveUp(path: string): void;
  /** Whatever was given up will not go on. */
  endGivenUp(): void;
  /** The navigation to this path failed. Without a path: whichever it was. */
  fail(path?: string): void;
  /**
   * The router wrote to the history.
   *
   * @param moved Whether path or route changed by it.
   * @returns What is known of the navigation that arrived by it.
   */
  arrive(path: string, moved: boolean): RouteCommit | undefined;
}

/** A page that goes elsewhere this soon, in ms, redirects: nobody saw it. Next's own do so within some 30 ms. */
const REDIRECTS_WITHIN = 250;

/** @param now Clock, epoch ms. */
export function createPendingNavigation(
  now: () => number,
  onCancel: (cancellation: RouteCancellation) => void,
): PendingNavigation {
  /** `target` is where it leads by now; it differs from the path that it set out for after a redirect. */
  let pending: (RouteCancellation & { readonly target: string }) | null = null;
  let givenUp = false;
  let arrived: (RouteCancellation & { readonly at: number; readonly shown: string }) | null = null;

  function isPending(path: string): boolean {
    return pending !== null && isSamePath(pending.target, path);
  }

  function set(next: typeof pending): void {
    pending = next;
    givenUp = false;
  }

  /** What arrived just now and goes on to this path. */
  function redirecting(path: string, at: number): RouteCancellation | null {
    if (arrived === null || at - arrived.at > REDIRECTS_WITHIN || isSamePath(arrived.shown, path))
      return null;
    return arrived;
  }

  function begin(path: string, replaces = false): void {
    if (isPending(path)) {
      givenUp = false;
      return;
    }
    const cancelled = pending;
    const startedAt = now();
    const from = replaces && pending === null ? redirecting(path, startedAt) : null;
    set({ path: from?.path ?? path, startedAt: from?.startedAt ?? startedAt, target: path });
    if (cancelled) onCancel({ path: cancelled.path, startedAt: cancelled.startedAt });
  }

  return {
    begin,
    goOn: (path) => {
      if (pending === null || givenUp) begin(path);
    },
    giveUp: (path) => {
      if (isPending(path)) givenUp = true;
    },
    endGivenUp: () => {
      if (!givenUp || pending === null) return;
      const { path, startedAt } = pending;
      set(null);
      onCancel({ path, startedAt });
    },
    fail: (path) => {
      if (path === undefined || isPending(path)) set(null);
    },
    arrive: (path, moved) => {
      // A refresh may commit while a navigation is under way; a redirect ends elsewhere than it set out for.
      if (pending === null || !(moved || isPending(path))) return undefined;
      const { startedAt, path: requested } = pending;
      set(null);
      arrived = { path: requested, startedAt, at: now(), shown: path };
      return { startedAt, requestedPath: isSamePath(requested, path) ? path : requested };
    },
  };
}

/** Next adds or takes away the slash at the end as `trailingSlash` says: that is no redirect. */
function isSamePath(a: string, b: string): boolean {
  return a.replace(/\/$/, '') === b.replace(/\/$/, '');
}
