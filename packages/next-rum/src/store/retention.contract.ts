import { describe, expect, test } from 'vitest';
import { makeEvent, makeView, NOON, randomViews } from '../testing/rows.js';
import type { JobName, JobState } from './jobStore.js';
import type { RumStore, TimeRange } from './store.js';

const HOUR = 3_600_000;
const DAY = 86_400_000;
const always: TimeRange = { app: 'shop', from: 0, to: 8.64e15 };
/** Of whole days, so that it can be answered when only days are left. */
const wholeDays: TimeRange = { app: 'shop', from: NOON - 30.5 * DAY, to: NOON + 30.5 * DAY };

/** What goes when, and how the jobs tell how they fare. */
export function describeRetention(current: () => RumStore, openStore: () => Promise<RumStore>): void {
  const rollUp = (now: number): ReturnType<RumStore['rollUp']> => current().rollUp({ now: () => now });
  const retain = (now: number): ReturnType<RumStore['retain']> => current().retain({ now: () => now });
  const jobs = async (now: number): Promise<{ readonly [name in JobName]?: JobState }> =>
    Object.fromEntries((await current().jobs(now)).map((state) => [state.name, state]));

  describe('retention', () => {
    test('takes raw rows after 30 days and leaves the answers, until the days go too', async () => {
      const store = current();
      const views = randomViews(3, 300);
      const events = [makeEvent(1), makeEvent(2, { type: 'error' })];
      await store.insert({ views, events });
      await rollUp(NOON + 2 * DAY);
      const answers = async (): Promise<unknown> => [
        await store.totals(wholeDays),
        await store.traffic(wholeDays, DAY),
        await store.vitals(wholeDays),
        await store.breakdown(wholeDays, 'route', 10),
        await store.visitors(wholeDays, 'daily'),
      ];
      const before = await answers();

      expect(await retain(NOON + 29 * DAY)).toMatchObject({ kind: 'done', views: 0, events: 0 });
      expect(await answers()).toEqual(before);
      expect(await retain(NOON + 31 * DAY)).toMatchObject({ kind: 'done', views: 300, events: 2 });
      expect(await store.views(always, 1)).toEqual([]);
      expect(await answers()).toEqual(before);
      expect(await store.traffic(always, HOUR)).toHaveLength(6);

      await retain(NOON + 100 * DAY);
      expect(await answers()).toEqual(before);
      expect(await retain(NOON + 398 * DAY)).toMatchObject({ views: 0, events: 0 });
      expect(await store.totals(always)).toMatchObject({ views: 0, sessions: 0, events: 0 });
    });

    test('is what it is set to', async () => {
      const store = current();
      await store.insert({ views: [makeView(1), makeView(2, { startedAt: NOON + 5 * DAY })], events: [] });
      const now = (): number => NOON + 9 * DAY;
      await store.rollUp({ now });
      const retention = { raw: 7 * DAY, minute: 3 * HOUR, hour: 8 * DAY, day: 8 * DAY };

      expect(await store.retain({ now, retention })).toMatchObject({ kind: 'done', views: 1 });
      expect((await store.views(always, 10)).map(({ id }) => id)).toEqual([makeView(2).id]);
      expect(await store.totals(always)).toMatchObject({ views: 1 });
    });

    test('leaves rows that are not counted yet', async () => {
      const store = current();
      await store.insert({ views: [makeView(1)], events: [] });

      expect(await retain(NOON + 40 * DAY)).toMatchObject({ views: 0 });
      expect(await store.totals(always)).toMatchObject({ views: 1 });
      await rollUp(NOON + 40 * DAY);
      expect(await retain(NOON + 40 * DAY)).toMatchObject({ views: 1 });
      expect(await store.totals(wholeDays)).toMatchObject({ views: 1 });
    });

    test('a row that comes after its time has gone changes nothing', async () => {
      const store = current();
      await store.insert({ views: [makeView(1)], events: [] });
      await rollUp(NOON + 2 * DAY);
      await retain(NOON + 40 * DAY);

      await store.insert({ views: [makeView(2)], events: [] });
      expect(await store.totals(wholeDays)).toMatchObject({ views: 1 });
      await rollUp(NOON + 40 * DAY);
      expect(await store.totals(wholeDays)).toMatchObject({ views: 1 });
      expect(await retain(NOON + 41 * DAY)).toMatchObject({ views: 1 });
    });

    test('a session that went on over the border is still none that began after it', async () => {
      const store = current();
      const midnight = NOON + 12 * HOUR;
      const views = [midnight - 60_000, midnight + 60_000].map((startedAt, index) =>
        makeView(index, { startedAt }),
      );
      await store.insert({ views, events: [] });
      await rollUp(NOON + 2 * DAY);
      const day = { app: 'shop', from: midnight, to: midnight + DAY };
      await retain(midnight + 30 * DAY + HOUR);

      await store.insert({
        views: [makeView(5, { startedAt: midnight + HOUR, visitor: 'late' })],
        events: [],
      });
      expect(await store.totals(day)).toMatchObject({ views: 2, sessions: 1 });
      await rollUp(midnight + 31 * DAY);
      expect(await store.totals(day)).toMatchObject({ views: 2, sessions: 1 });
    });

    test('takes what else is kept for some days only, though nobody writes such rows any more', async () => {
      const store = current();
      const { app, id, visitor } = makeView(1);
      const labels = { app, day: '2026-11-23', kind: 'route' };
      await store.putAside([
        { app, id, kind: 'view', visitor, receivedAt: NOON, reason: 'refused', payload: '{}' },
      ]);
      await store.addCounts([{ minute: NOON, counter: 'items.accepted', amount: 3 }], NOON);
      await store.admitLabels(labels, ['/'], 10);
      const salt = await store.dailySalt(labels.day, NOON);
      // Asked as of then, and so that asking takes nothing away.
      const kept = async (): Promise<unknown> => ({
        letters: await store.countDeadLetters(),
        counts: (await store.counts(0, NOON + DAY)).length,
        labels: [...(await store.admitLabels(labels, [], 10)).admitted],
        salt: (await store.dailySalt(labels.day, NOON)) === salt,
      });

      await retain(NOON + 12 * HOUR);
      expect(await kept()).toEqual({ letters: 1, counts: 1, labels: ['/'], salt: true });
      await retain(NOON + 3 * DAY);
      expect(await kept()).toEqual({ letters: 1, counts: 0, labels: [], salt: false });
      await retain(NOON + 31 * DAY);
      expect(await kept()).toMatchObject({ letters: 0 });
    });

    test('takes more rows than one transaction may hold, of every app', async () => {
      const store = current();
      const views = Array.from({ length: 5200 }, (_, index) =>
        makeView(index, { app: index < 100 ? 'other' : 'shop' }),
      );
      await store.insert({ views, events: [] });
      await rollUp(NOON + 2 * DAY);

      expect(await retain(NOON + 40 * DAY)).toMatchObject({ views: 5200 });
    });
  });

  describe('jobs', () => {
    test('are fine while there is nothing to do', async () => {
      const { partitions: _ofPostgres, ...all } = await jobs(NOON);
      const never = { state: 'ok', lastRunAt: null, failedAt: null, error: null, note: null, lag: 0 };
      expect(all).toEqual({
        rollup: { name: 'rollup', ...never },
        retention: { name: 'retention', ...never },
        watch: { name: 'watch', ...never },
        findings: { name: 'findings', ...never },
      });
    });

    test('that lag are late, until they have run', async () => {
      const store = current();
      await rollUp(NOON);
      await store.insert({ views: [makeView(1)], events: [] });
      expect((await jobs(NOON + 5 * 60_000)).rollup).toMatchObject({ state: 'ok', lag: 3 * 60_000 });
      expect((await jobs(NOON + HOUR)).rollup).toMatchObject({ state: 'late', lag: HOUR - 120_000 });

      await rollUp(NOON + HOUR);
      await retain(NOON + HOUR);
      // What comes late is work for the next run, not a run that is late.
      await store.insert({ views: [makeView(2)], events: [] });
      expect((await jobs(NOON + HOUR + 60_000)).rollup).toMatchObject({ state: 'ok', lag: HOUR - 60_000 });
      await rollUp(NOON + HOUR);
      expect(await jobs(NOON + 2 * HOUR)).toMatchObject({
        rollup: { state: 'ok', lag: 0, lastRunAt: about(NOON + HOUR) },
        retention: { state: 'ok', lag: about(HOUR), lastRunAt: about(NOON + HOUR) },
      });
      expect((await jobs(NOON + 30 * HOUR)).retention).toMatchObject({ state: 'late' });
    });

    test('are one instance’s at a time', async () => {
      const other = await openStore();
      await current().insert({ views: randomViews(8, 500), events: [] });

      const results = await Promise.all([
        rollUp(NOON + DAY),
        other.rollUp({ now: () => NOON + DAY }),
        retain(NOON + DAY),
        other.retain({ now: () => NOON + DAY }),
      ]);

      expect(results.filter(({ kind }) => kind === 'done').length).toBeGreaterThanOrEqual(2);
      expect((await jobs(NOON + DAY)).rollup).toMatchObject({ state: 'ok', lag: 0 });
    });
  });
}

/** A time, or span of it, in ms; give or take the little while that a job is under way. */
function about(time: number): unknown {
  return expect.toSatisfy((value: number) => Math.abs(value - time) < 30_000, `about ${time}`);
}
