/** Silence that ends a session, ms. */
const SESSION_SILENCE = 30 * 60_000;

/** What of a view tells which session it is part of. */
export interface VisitedView {
  readonly id: string;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly visitor: string;
}

/**
 * Cuts views into sessions: runs of views of one visitor without 30 minutes of silence between their beginnings.
 *
 * @param views In any order.
 * @returns Sessions by their beginning, the views of each by theirs; of one moment by id.
 *
 * @example
 * ```ts
 * const [session] = cutSessions([{ id: 'a', startedAt: 0, visitor: 'v' }, { id: 'b', startedAt: 60_000, visitor: 'v' }]);
 * session?.length; // 2
 * ```
 */
export function cutSessions<View extends VisitedView>(views: readonly View[]): readonly (readonly View[])[] {
  const sessions: View[][] = [];
  const current = new Map<string, View[]>();
  for (const view of [...views].sort(earlierFirst)) {
    const known = current.get(view.visitor);
    const last = known?.at(-1);
    if (known !== undefined && last !== undefined && view.startedAt - last.startedAt < SESSION_SILENCE) {
      known.push(view);
    } else {
      const begun = [view];
      current.set(view.visitor, begun);
      sessions.push(begun);
    }
  }
  return sessions;
}

function earlierFirst(a: VisitedView, b: VisitedView): number {
  return a.startedAt - b.startedAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
