import { expect, test } from 'vitest';
import { openSource, PROVIDERS } from '../../../testing/openSource.js';
import { makeView, NOON, variedViews } from '../../../testing/rows.js';
import { sessionsOf } from '../../../testing/sessionsByHand.js';
import { latestSessions } from './latestSessions.js';

const RANGE = { app: 'shop', from: 0, to: 8.64e15 };

test.each(PROVIDERS)(
  'where not all is read, the sessions are exactly those that began since it says (%s)',
  async (provider) => {
    const views = variedViews(5, 6000).map((view, index) => ({
      ...view,
      startedAt: NOON + index * 5000,
      visitor: `visitor ${(index * 7) % 40}`,
    }));
    const source = await openSource(provider, { views });
    const { sessions, seen } = await latestSessions(source, RANGE, 2500);
    expect(seen.complete).toBe(false);
    expect(seen.views).toBeGreaterThanOrEqual(2500);
    expect(seen.views).toBeLessThan(6000);
    const expected = sessionsOf(views, { ...RANGE, from: seen.since });
    expect(sessions.map((session) => session.map(({ id }) => id))).toEqual(
      expected.map((session) => session.map(({ id }) => id)),
    );
  },
);

test.each(PROVIDERS)('more views of one moment than are read at once are all read (%s)', async (provider) => {
  const views = Array.from({ length: 4500 }, (_, index) =>
    makeView(index, { startedAt: NOON, visitor: `visitor ${index % 4400}` }),
  );
  const { sessions, seen } = await latestSessions(await openSource(provider, { views }), RANGE, 30_000);
  expect([sessions.length, seen.views, seen.complete]).toEqual([4400, 4500, true]);
});
