import { describe, expect, test } from 'vitest';
import { pathTree } from '../analysis/paths/pathTree.js';
import { rateVital } from '../analysis/rating.js';
import { intervalOf, nearestRank } from '../testing/countByHand.js';
import { makeEvent, makeView, NOON, randomFrom, randomViews } from '../testing/rows.js';
import { sessionsOf } from '../testing/sessionsByHand.js';
import type { FunnelQuestion, PathStep } from './pathStore.js';
import type { EventRow, ViewRow } from './rows.js';
import type { RumStore, ViewRange } from './store.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
const always: ViewRange = { app: 'shop', from: 0, to: 8.64e15 };
const LATER = NOON + 2 * DAY;

interface Rows {
  readonly views: readonly ViewRow[];
  readonly events: readonly EventRow[];
}

/** @param current The store of the test. */
export function describeWalks(current: () => RumStore): void {
  describe('journeys', () => {
    test.each([
      [{ anchor: null, direction: 'from', depth: 3, share: 0 }, LATER, {}],
      [{ anchor: '/cart', direction: 'to', depth: 6, share: 0.1 }, LATER, {}],
      [{ anchor: '/', direction: 'from', depth: 2, share: 0 }, NOON + 2 * 3_600_000, {}],
      [
        { anchor: '/', direction: 'from', depth: 2, share: 0 },
        LATER,
        { from: NOON + 1000, to: NOON + 3 * 3_600_000 },
      ],
      [
        { anchor: '/', direction: 'from', depth: 2, share: 0 },
        LATER,
        { from: NOON + 2 * 3_600_000, to: NOON + 3 * 3_600_000 },
      ],
    ] as const)('%j at %i', async (question, now, part) => {
      const store = current();
      const rows = someRows(4);
      await store.insert(rows);
      const range = { ...always, ...part };
      const walks = sessionsOf(rows.views, range).map((views) => ({
        routes: views.map(({ route }) => route),
        isOpen: (views.at(-1)?.startedAt ?? 0) > Math.min(now, range.to) - 30 * MINUTE,
      }));
      const { seen, ...tree } = await store.journey(range, { ...question, now });
      expect(tree).toEqual(pathTree(walks, question));
      const views = rows.views.filter(
        ({ startedAt }) => startedAt >= range.from && startedAt < range.to,
      ).length;
      expect(seen).toMatchObject({ views, of: views, complete: true });
    });
  });

  describe('funnels', () => {
    test.each<readonly [string, readonly string[], number | null]>([
      ['two views', ['view:/', 'view:/cart'], null],
      ['views and events', ['view:/', 'custom:add', 'action:Buy'], null],
      ['the same twice', ['view:/', 'view:/', 'view:/'], null],
      ['what nobody did', ['custom:never', 'view:/'], null],
      ['within minutes', ['view:/', 'custom:add', 'view:/cart'], 20 * MINUTE],
      ['over a silence', ['view:/', 'view:/cart'], 180 * MINUTE],
    ])('%s', async (_name, keys, window) => {
      const store = current();
      const rows = someRows(9);
      await store.insert(rows);
      const steps = keys.map(stepOf);
      const question: FunnelQuestion = { steps, window, now: LATER };
      for (const range of [always, { ...always, from: NOON + 40 * MINUTE, to: NOON + 4 * 60 * MINUTE }]) {
        const told = await store.funnel(range, question, 'device');
        const expected = funnelByHand(rows, range, keys, window);
        expect(told.steps.map(({ reached }) => reached)).toEqual(expected.reached);
        expect(told.steps.map(({ median }) => median)).toEqual(expected.medians);
        expect(told.steps.map(({ vitals }) => vitals.lcp)).toEqual(expected.lcp);
        expect(Object.fromEntries(told.segments.map(({ value, reached }) => [value, reached]))).toEqual(
          expected.segments,
        );
        expect(told.sessions).toBe(sessionsOf(rows.views, range).length);
      }
    });

    test('what has an odd name is a step like any other, and what may go on is told', async () => {
      const store = current();
      const name = "x' OR '1' = '1";
      await store.insert({
        views: [makeView(0, { route: '/' }), makeView(1, { route: '/', visitor: 'b' })],
        events: [makeEvent(5, { name })],
      });
      const steps = [stepOf('view:/'), { kind: 'custom' as const, name }];
      const { steps: told, open } = await store.funnel(
        always,
        { steps, window: null, now: NOON + MINUTE },
        'os',
      );
      expect([told.map(({ reached }) => reached), open]).toEqual([[2, 1], 1]);
      const late = await store.funnel(always, { steps, window: null, now: LATER }, 'os');
      expect(late.open).toBe(0);
      const hidden = [stepOf('view:/'), { kind: 'custom' as const, name: 'a\0b' }];
      const none = await store.funnel(always, { steps: hidden, window: null, now: LATER }, 'os');
      expect(none.steps.map(({ reached }) => reached)).toEqual([2, 0]);
    });
  });

  describe('goals and retention', () => {
    test('goals are counted by the day that a session began on', async () => {
      const store = current();
      const rows = someRows(2);
      const shifted = {
        views: rows.views.map((view, index) => ({ ...view, startedAt: view.startedAt + (index % 3) * DAY })),
        events: rows.events,
      };
      await store.insert(shifted);
      const wanted = ['view:/cart', 'action:Buy'];
      const { days } = await store.goals(always, wanted.map(stepOf));
      const sessions = sessionsOf(shifted.views, always);
      const dayOf = (views: readonly ViewRow[]): number => Math.floor((views[0]?.startedAt ?? 0) / DAY) * DAY;
      expect(days.map(({ t }) => t)).toEqual([...new Set(sessions.map(dayOf))].sort());
      for (const { t, sessions: n, reached } of days) {
        const own = sessions.filter((views) => dayOf(views) === t);
        expect(n).toBe(own.length);
        expect(reached).toEqual(
          wanted.map(
            (key) =>
              own.filter((views) => hitsOf(views, shifted.events, always).some((hit) => hit.key === key))
                .length,
          ),
        );
      }
    });

    test('users come again by week, and without a user there is nobody', async () => {
      const store = current();
      const week = 7 * DAY;
      const seen = (number: number, userId: string | null, after: number) =>
        makeView(number, { userId, startedAt: NOON + after });
      await store.insert({
        views: [
          seen(1, 'a', 0),
          seen(2, 'a', 5000),
          seen(3, 'a', week),
          seen(4, 'b', 0),
          seen(5, 'b', 2 * week),
          seen(6, 'c', week),
          seen(7, null, week),
        ],
        events: [],
      });
      const range = { ...always, from: NOON - DAY, to: NOON + 2 * week + DAY };
      const { cohorts, complete } = await store.retention(range);
      const monday = NOON - (NOON % DAY);
      expect([cohorts, complete]).toEqual([
        [
          { t: monday, users: 2, returned: [1, 1] },
          { t: monday + week, users: 1, returned: [0] },
        ],
        true,
      ]);
    });
  });
}

function stepOf(key: string): PathStep {
  const [kind, name = ''] = key.split(':');
  return { kind: kind as PathStep['kind'], name };
}

/** Views of a second each at least apart, so that the order of what happens is plain. */
function someRows(seed: number): Rows {
  const random = randomFrom(seed);
  const views = randomViews(seed, 240).map((view, index) => ({
    ...view,
    startedAt: view.startedAt - (view.startedAt % 300_000) + index * 1000,
    visitor: `visitor ${index % 9}`,
    device: index % 9 < 4 ? ('mobile' as const) : ('desktop' as const),
  }));
  const events = views.flatMap((view, index) => {
    const at = view.startedAt + 100;
    const isAdd = random() < 0.4;
    const add = makeEvent(index * 2, { viewId: view.id, name: 'add', occurredAt: at });
    const buy = { viewId: view.id, type: 'action' as const, name: 'Buy', occurredAt: at + 200 };
    return [...(isAdd ? [add] : []), ...(random() < 0.3 ? [makeEvent(index * 2 + 1, buy)] : [])];
  });
  return { views, events };
}

interface Hit {
  readonly at: number;
  readonly key: string;
  readonly view: ViewRow;
}

function hitsOf(views: readonly ViewRow[], events: readonly EventRow[], { to }: ViewRange): readonly Hit[] {
  const hits = views.flatMap((view) => [
    { at: view.startedAt, key: `view:${view.route}`, view },
    ...events
      .filter(({ viewId, occurredAt }) => viewId === view.id && occurredAt < to)
      .map(({ occurredAt, type, name }) => ({ at: occurredAt, key: `${type}:${name}`, view })),
  ]);
  return hits.sort((a, b) => a.at - b.at);
}

/** By following each visitor hit by hit. */
function funnelByHand(rows: Rows, range: ViewRange, keys: readonly string[], window: number | null) {
  const sessions = sessionsOf(rows.views, range);
  const units: (readonly Hit[])[] =
    window === null
      ? sessions.map((views) => hitsOf(views, rows.events, range))
      : [...new Set(sessions.map(([first]) => first?.visitor))].flatMap((visitor) => {
          const own = sessions.filter(([first]) => first?.visitor === visitor).flat();
          let hits = hitsOf(own, rows.events, range);
          const attempts: (readonly Hit[])[] = [];
          for (;;) {
            const start = hits.findIndex(({ key }) => key === keys[0]);
            const begin = hits[start];
            if (begin === undefined) return attempts;
            attempts.push(hits.slice(start).filter(({ at }) => at <= begin.at + window));
            hits = hits.filter(({ at }) => at > begin.at + window);
          }
        });
  const ways = units
    .map((hits) => {
      const way: Hit[] = [];
      for (const key of keys) {
        const last = way.at(-1);
        const next = hits.find(
          (hit) => hit.key === key && (last === undefined || hits.indexOf(hit) > hits.indexOf(last)),
        );
        if (next === undefined) break;
        way.push(next);
      }
      return way;
    })
    .filter((way) => way.length > 0);
  const reached = keys.map((_, place) => ways.filter((way) => way.length > place).length);
  const medians = keys.map((_, place) => {
    const times = ways
      .filter((way) => place > 0 && way.length > place)
      .map((way) => (way[place]?.at ?? 0) - (way[place - 1]?.at ?? 0))
      .sort((a, b) => a - b);
    return times.find((_time, index) => (index + 1) / times.length >= 0.5) ?? null;
  });
  const lcp = keys.map((_, place) => {
    const here = ways.filter((way) => way.length > place && way[place]?.view.lcp !== null);
    if (here.length === 0 || place + 1 === keys.length) return null;
    const group = (isFast: boolean) => {
      const own = here.filter((way) => (rateVital('lcp', way[place]?.view.lcp ?? 0) === 'good') === isFast);
      return { part: own.filter((way) => way.length > place + 1).length, whole: own.length };
    };
    const values = here.map((way) => way[place]?.view.lcp ?? 0).sort((a, b) => a - b);
    const [p75, interval] = [nearestRank(values, 0.75), intervalOf(values, 0.75)];
    return { p75, interval, n: here.length, slow: group(false), fast: group(true) };
  });
  const devices = [...new Set(ways.map((way) => way[0]?.view.device ?? ''))];
  const segments = Object.fromEntries(
    devices.map((device) => [
      device,
      keys.map(
        (_, place) => ways.filter((way) => way[0]?.view.device === device && way.length > place).length,
      ),
    ]),
  );
  return { reached, medians, lcp, segments };
}
