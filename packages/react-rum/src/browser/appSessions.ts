import { ignoredPaths } from './ignoredPaths.js';
import type { Session } from './session.js';

/**
 * What the session is on the path now shown: itself, or a part of it that belongs to another app. Views of different ones go in
 * different batches.
 *
 * @param apps App by path prefix; the first that fits is taken.
 * @param current The session now.
 */
export function appSessions(
  apps: Readonly<Record<string, string>> | undefined,
  current: () => Session,
): () => Session {
  let whole: Session | undefined;
  let part: Session;
  return () => {
    const session = current();
    for (const prefix in apps) {
      if (!ignoredPaths([prefix])(location.pathname)) continue;
      if (whole !== session || part.app !== apps[prefix]) {
        whole = session;
        // The session may get another id when it becomes that of another tab, and this with it.
        part = Object.create(session, { app: { value: apps[prefix] } });
      }
      return part;
    }
    return session;
  };
}
