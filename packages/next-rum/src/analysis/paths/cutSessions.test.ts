import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutSessions, type VisitedView } from './cutSessions.js';

const MINUTE = 60_000;

const someViews = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 0, max: 9999 }).map(String),
    // Half a minute apart, so that gaps of exactly 30 minutes happen.
    startedAt: fc.integer({ min: 0, max: 300 }).map((halves) => (halves * MINUTE) / 2),
    visitor: fc.constantFrom('a', 'b', 'c'),
  }),
  { selector: ({ id }) => id, maxLength: 60 },
);

/** By the definition alone: two views are of one session where no silence lies between them. */
function sessionOf(view: VisitedView, views: readonly VisitedView[]): ReadonlySet<string> {
  const own = views.filter(({ visitor }) => visitor === view.visitor);
  const members = new Set([view]);
  for (let grown = true; grown; ) {
    const near = own.filter(
      (other) =>
        !members.has(other) &&
        [...members].some((member) => Math.abs(member.startedAt - other.startedAt) < 30 * MINUTE),
    );
    for (const other of near) members.add(other);
    grown = near.length > 0;
  }
  return new Set([...members].map(({ id }) => id));
}

test('sessions are runs of views of one visitor without half an hour of silence', () => {
  fc.assert(
    fc.property(someViews, (views) => {
      const sessions = cutSessions(views);
      expect(sessions.flat()).toHaveLength(views.length);
      for (const session of sessions) {
        const [first] = session;
        if (first === undefined) throw new Error('a session has no view');
        expect(new Set(session.map(({ id }) => id))).toEqual(sessionOf(first, views));
        expect(session.map(({ startedAt }) => startedAt)).toEqual(
          session.map(({ startedAt }) => startedAt).sort((a, b) => a - b),
        );
      }
      const begins = sessions.map(([first]) => first?.startedAt ?? 0);
      expect(begins).toEqual([...begins].sort((a, b) => a - b));
    }),
  );
});

test('half an hour of silence is enough, a moment less is not', () => {
  const at = (id: string, startedAt: number) => ({ id, startedAt, visitor: 'a' });
  expect(cutSessions([at('1', 0), at('2', 30 * MINUTE)])).toHaveLength(2);
  expect(cutSessions([at('1', 0), at('2', 30 * MINUTE - 1)])).toHaveLength(1);
});
