import { describe, expect, test } from 'vitest';
import type { WatchedIncident, WatchedMetric } from '../analysis/insights/watchedIncident.js';
import { makeView } from '../testing/rows.js';
import {
  DAY,
  DEPLOYED,
  FIRST_HOUR,
  foundByHand,
  LAST_HOUR,
  MENDED,
  watchedSite,
} from '../testing/watchedSite.js';
import type { RumStore } from './store.js';
import type { WatchResult } from './watchStore.js';

const HOUR = 3_600_000;
/** When the last hour may be judged, epoch ms. */
const END = LAST_HOUR + 11 * 60_000;
const always = { app: 'shop', from: 0, to: 8e15 };

/** The part of the store's contract that watches sites. `open` gives another store of the same database. */
export function describeWatch(store: () => RumStore, open: () => Promise<RumStore>): void {
  const site = watchedSite();
  const watch = (now: number, mostHours = 1000): Promise<WatchResult> =>
    store().watch({ now: () => now, mostHours });
  const watchAll = async (now: number): Promise<void> => {
    for (let result = await watch(now); result.kind === 'done' && result.hours > 0; )
      result = await watch(now);
  };
  const fill = async (): Promise<void> => {
    await store().insert(site);
    await store().rollUp({ now: () => END });
  };
  const openNow = async (): Promise<string[]> =>
    (await store().incidents(always, 100)).filter(({ ended }) => ended === null).map(({ id }) => id);
  const slow = (incidents: readonly WatchedIncident[]): WatchedIncident | undefined =>
    incidents.find(({ metric }) => metric === 'lcp');

  describe('watching', () => {
    test('finds what detectors find in the rows themselves, whoever does it, in how many pieces', async () => {
      await fill();
      const other = await open();
      const stores = [store(), other];
      let hours = 0;
      for (let round = 0; ; round += 1) {
        const results = await Promise.all(
          stores.map((each) => each.watch({ now: () => END, mostHours: 20 + 7 * (round % 5) })),
        );
        const done = results.reduce((sum, each) => sum + (each.kind === 'done' ? each.hours : 0), 0);
        if (done === 0) break;
        hours += done;
      }
      expect(hours).toBe((LAST_HOUR - FIRST_HOUR) / HOUR);

      const expected = foundByHand(site, LAST_HOUR);
      const incidents = await other.incidents(always, 100);
      expect(
        incidents.map(({ metric, where, openedAt, ended, threshold }) => ({
          ended,
          incident: expect.objectContaining({ metric, where, openedAt, threshold }),
        })),
      ).toEqual(expect.arrayContaining(expected));
      expect(incidents).toHaveLength(expected.length);
      for (const { metric, openedAt, began, release } of incidents) {
        const by = expected.find(
          ({ incident }) => incident.metric === metric && incident.openedAt === openedAt,
        )?.incident;
        const isWithin = release !== null && release.at > (by?.since ?? 0);
        expect(began).toBe(isWithin ? release.at : by?.since);
        expect(began).toBeLessThan(by?.begunBy ?? 0);
      }
      expect(await watch(END)).toMatchObject({ hours: 0, opened: 0, resolved: 0 });
      expect(await store().incidents(always, 100)).toEqual(incidents);
    }, 120_000);

    test('tells where it is, since which release, how it was and is, whom it affects, and when it is over', async () => {
      await fill();
      const during = DEPLOYED + 8 * HOUR + 11 * 60_000;
      await watchAll(during);
      const found = slow(await store().incidents(always, 100));
      expect(found).toMatchObject({
        app: 'shop',
        metric: 'lcp',
        ended: null,
        updatedAt: DEPLOYED + 8 * HOUR,
        release: { release: '2.0', at: DEPLOYED },
        observed: { interval: [expect.any(Number), expect.any(Number)] },
      });
      if (found === undefined) return;
      // The samples of an hour or two before are judged together with those of the first slow one, and the release tells which.
      expect(found.began).toBe(DEPLOYED);
      expect(found.openedAt).toBeLessThanOrEqual(DEPLOYED + 6 * HOUR);
      expect(found.causes[0]?.places).toEqual([{ route: '/product/[id]', browser: 'Safari' }]);
      expect(found.causes[0]?.share).toBeGreaterThan(0.8);
      expect(found.explainedFrom).toBeGreaterThan(100);
      expect(found.observed?.p75).toBeGreaterThan(1.2 * (found.usual?.p75 ?? 0));
      const inside = site.views.filter(
        ({ startedAt, ...view }) =>
          startedAt >= found.began &&
          startedAt < found.updatedAt &&
          Object.entries(found.where).every(([name, value]) => Reflect.get(view, name) === value),
      );
      // A bin is 2 % wide, so that a few are on the other side of its border.
      const over = inside.filter(({ lcp }) => (lcp ?? 0) > (found.threshold ?? 0)).length;
      expect(found.n).toBe(inside.length);
      expect(Math.abs(found.count - over)).toBeLessThan(3);
      expect(found.affected).toBe(Math.round(found.count - found.expected));
      const shown = found.hours.map(({ t }) => t);
      expect(shown[0]).toBe(found.began - 2 * DAY);
      expect(shown.at(-1)).toBe(found.updatedAt - HOUR);
      const before = found.hours.filter(({ t }) => t < found.began);
      expect(before.filter(({ count, low, high }) => count >= low && count <= high).length).toBeGreaterThan(
        0.8 * before.length,
      );
      expect(await openNow()).toEqual([found.id]);
      expect(await store().watchProgress('shop')).toEqual({
        since: FIRST_HOUR,
        until: DEPLOYED + 8 * HOUR,
        timeZone: 'UTC',
      });

      await watchAll(END);
      const after = await store().incident('shop', found.id);
      expect(after?.ended).toBeGreaterThan(MENDED);
      expect(after?.ended).toBeLessThanOrEqual(LAST_HOUR);
      expect(after?.causes[0]?.places).toEqual(found.causes[0]?.places);
      expect(await openNow()).toEqual([]);
      expect(await store().incidents({ ...always, from: after?.ended ?? 0 }, 10)).not.toContainEqual(after);
      expect(await store().incidents({ ...always, to: found.began }, 10)).not.toContainEqual(after);
      expect(await store().incidents({ app: 'other', from: 0, to: 8e15 }, 10)).toEqual([]);
      expect(await store().incident('shop', 'lcp-1')).toBeNull();
    }, 120_000);

    test('another time zone lets it begin anew, says so, and closes what was open', async () => {
      await fill();
      const during = DEPLOYED + 8 * HOUR + 11 * 60_000;
      await watchAll(during);
      const [open] = await store().incidents(always, 1);
      expect(open?.ended).toBeNull();
      const now = during + HOUR;
      const result = await store().watch({
        now: () => now,
        timeZones: { shop: 'Europe/Berlin' },
        mostHours: 24,
      });
      expect(result).toMatchObject({ kind: 'done', hours: 24, begunAnew: ['shop'] });
      expect(await store().watchProgress('shop')).toEqual({
        since: FIRST_HOUR,
        until: FIRST_HOUR + DAY,
        timeZone: 'Europe/Berlin',
      });
      expect((await store().incident('shop', open?.id ?? ''))?.ended).toBe(DEPLOYED + 8 * HOUR);
      const noted = async (at: number): Promise<string | null | undefined> =>
        (await store().jobs(at)).find(({ name }) => name === 'watch')?.note;
      expect(await noted(now + DAY)).toContain('the time zone was UTC');
      expect(await noted(now + 8 * DAY)).toBeNull();
      // Whoever does not know the time zone goes on by the one that is known.
      expect(await watch(now, 5)).toMatchObject({ hours: 5, begunAnew: [] });
    }, 120_000);

    test('leaves bots and hours that are not over alone, and pushes hours without views', async () => {
      const views = [
        makeView(1, { startedAt: FIRST_HOUR }),
        makeView(2, { startedAt: FIRST_HOUR, app: 'shop~bots' }),
        makeView(3, { startedAt: FIRST_HOUR + 3 * DAY }),
      ];
      await store().insert({ views, events: [] });
      expect(await watch(FIRST_HOUR + HOUR + 9 * 60_000)).toMatchObject({ hours: 0 });
      expect(await watch(FIRST_HOUR + HOUR + 10 * 60_000)).toMatchObject({ hours: 1 });
      expect(await watch(FIRST_HOUR + 3 * DAY + HOUR)).toMatchObject({ hours: 71 });
      expect(await store().watchProgress('shop~bots')).toBeNull();
    });

    test('puts what somebody is to be told beside the incident: when it is noticed, and when it is over', async () => {
      await fill();
      const plan = (minAffected: number, metrics: WatchedMetric[] | null = null) => ({
        shop: {
          timeZone: 'UTC',
          notifiers: ['pager', 'mail'],
          rules: [{ name: 'anomaly', metrics, minAffected, schedule: [] }],
          watched: [],
        },
      });
      const run = async (now: number, alerts: ReturnType<typeof plan>): Promise<void> => {
        for (let hours = 1; hours > 0; ) {
          const result = await store().watch({ now: () => now, mostHours: 1000, alerts });
          hours = result.kind === 'done' ? result.hours : 0;
        }
      };
      const told = async (): Promise<string[]> =>
        (await store().notices('shop', 100)).map(({ incident, kind, notifier, state }) =>
          [incident?.replace(/-\d+$/, ''), kind, notifier, state].join(' '),
        );
      // What is over for long is no news, and what is rare or of another metric is not asked for.
      await run(DEPLOYED + 3 * HOUR + 11 * 60_000, plan(1, ['errors']));
      await run(DEPLOYED + 7 * HOUR + 11 * 60_000, plan(1_000_000));
      expect(await told()).toEqual([]);
      for (let hour = 8; hour < 11; hour += 1)
        await run(DEPLOYED + hour * HOUR + 11 * 60_000, plan(1, ['lcp']));
      expect((await told()).sort()).toEqual(['lcp opened mail waiting', 'lcp opened pager waiting']);
      const [first] = await store().notices('shop', 1);
      const body = JSON.parse(first?.body ?? '{}');
      expect(body).toMatchObject({ metric: 'lcp', ended: null });
      expect(body).not.toHaveProperty('hours');

      await run(END, plan(1_000_000));
      expect((await told()).sort()).toEqual([
        'lcp opened mail waiting',
        'lcp opened pager waiting',
        'lcp resolved mail waiting',
        'lcp resolved pager waiting',
      ]);
    }, 60_000);

    test('tells what must not be, from when a rule holds until it does not, and leaves it alone where no rule is known', async () => {
      await fill();
      const rule = {
        kind: 'threshold',
        name: 'safari',
        metric: 'lcp',
        above: 2400,
        where: { browser: 'Safari' },
        minViews: 30,
      } as const;
      const alerts = { shop: { timeZone: 'UTC', notifiers: ['pager'], rules: [], watched: [rule] } };
      const run = (hour: number): Promise<WatchResult> =>
        store().watch({ now: () => DEPLOYED + hour * HOUR + 11 * 60_000, mostHours: 1000, alerts });
      const own = async (): Promise<WatchedIncident | undefined> =>
        (await store().incidents(always, 100)).find((each) => each.rule?.name === rule.name);
      await run(0);
      expect(await own()).toBeUndefined();
      for (let hour = 1; hour < 5; hour += 1) await run(hour);
      const begun = await own();
      expect(begun).toMatchObject({
        metric: 'lcp',
        rule: { name: 'safari', kind: 'threshold', share: 0.25 },
        threshold: 2400,
        where: rule.where,
        ended: null,
        openedAt: DEPLOYED + 2 * HOUR,
        began: DEPLOYED,
      });
      expect(begun?.id).toBe(`safari-${DEPLOYED + 2 * HOUR}`);
      expect(begun?.causes[0]?.places).toEqual([{ route: '/product/[id]', browser: 'Safari' }]);
      expect(begun?.affected).toBe(Math.round((begun?.count ?? 0) - (begun?.n ?? 0) / 4));
      await watch(DEPLOYED + 6 * HOUR + 11 * 60_000);
      expect((await own())?.ended).toBeNull();

      await run((LAST_HOUR - DEPLOYED) / HOUR);
      const over = await own();
      expect(over?.ended).toBeGreaterThanOrEqual(MENDED + 3 * HOUR);
      expect(over?.ended).toBeLessThan(LAST_HOUR);
      const told = (await store().notices('shop', 100)).map(({ id }) => id).sort();
      expect(told).toEqual([`${begun?.id}.opened.pager`, `${begun?.id}.resolved.pager`]);
    }, 60_000);

    test('forgets incidents with the counts of their days', async () => {
      await fill();
      await watchAll(END);
      expect(await store().incidents(always, 10)).not.toEqual([]);
      await store().retain({ now: () => END + 300 * DAY });
      expect(await store().incidents(always, 10)).not.toEqual([]);
      await store().retain({ now: () => END + 400 * DAY });
      expect(await store().incidents(always, 10)).toEqual([]);
    }, 60_000);
  });
}
