import { describe, expect, test } from 'vitest';
import { FRUSTRATIONS } from '../analysis/actions/actionsOf.js';
import { holdsFor, nearestRank } from '../testing/countByHand.js';
import { makeEvent, NOON, randomFrom, variedViews } from '../testing/rows.js';
import type { EventRow, ViewRow } from './rows.js';
import type { RumStore, ViewRange } from './store.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const always: ViewRange = { app: 'shop', from: 0, to: 8.64e15 };
const MOBILE: ViewRange = {
  ...always,
  where: [{ dimension: 'device', keep: true, values: ['mobile'] }],
};

interface Said extends EventRow {
  readonly said: {
    readonly kind?: string;
    readonly target?: string;
    readonly navigated?: boolean;
    readonly requests?: number;
    readonly errors?: number;
    readonly frustrations?: readonly string[];
  };
}

/** What was done, and how long things took. */
export function describeActivity(current: () => RumStore): void {
  describe('actions', () => {
    test('are added up by what was done, as counted by hand', async () => {
      const store = current();
      const rows = randomEvents(21, 500, 'action', (random) => ({
        name: ['buy', 'search'][Math.floor(random() * 2)] ?? '',
        duration: random() < 0.3 ? 0 : Math.round(random() * 4000) / 2,
        said: {
          kind: random() < 0.8 ? 'click' : 'key',
          target: random() < 0.5 ? '#buy' : '#other',
          ...(random() < 0.4 && { requests: 1 + Math.floor(random() * 4) }),
          ...(random() < 0.2 && { errors: 1, frustrations: ['error'] }),
          ...(random() < 0.1 && { frustrations: ['rage', 'dead'] }),
          ...(random() < 0.3 && { navigated: true }),
        },
      }));
      await store.insert(rows);
      await store.rollUp({ now: () => NOON + 3 * HOUR });
      for (const range of [always, MOBILE]) {
        const events = matching(rows, range);
        const given = await store.actions(range);
        expect(given.told).toMatchObject({ events: events.length, complete: true });
        expect(given.visits).toBe(visitsByHand(events).size);
        expect(given.affected.any.visits).toBe(
          visitsHit(events, ({ said }) => (said.frustrations ?? []).length > 0),
        );
        expect(given.rows.reduce((sum, { n }) => sum + n, 0)).toBe(events.length);
        for (const row of given.rows) {
          const alike = events.filter(
            ({ name, route, said }) =>
              name === row.name &&
              route === row.route &&
              said.kind === row.kind &&
              said.target === row.target,
          );
          const settled = alike.flatMap(({ duration }) => duration || []).sort((a, b) => a - b);
          expect(row).toMatchObject({
            n: alike.length,
            visitors: new Set(alike.map(({ visitor }) => visitor)).size,
            navigated: alike.filter(({ said }) => said.navigated).length,
            requests: alike.reduce((sum, { said }) => sum + (said.requests ?? 0), 0),
            errors: alike.reduce((sum, { said }) => sum + (said.errors ?? 0), 0),
            dead: alike.filter(({ said }) => said.frustrations?.includes('dead')).length,
            duration: { n: settled.length, p75: nearestRank(settled, 0.75) },
          });
        }
        for (const kind of FRUSTRATIONS) {
          const met = events.filter(({ said }) => said.frustrations?.includes(kind));
          const told = given.frustrations.filter(({ frustration }) => frustration === kind);
          expect(told.reduce((sum, { n }) => sum + n, 0)).toBe(met.length);
          expect(given.affected[kind].visits).toBe(
            visitsHit(events, ({ said }) => said.frustrations?.includes(kind) === true),
          );
        }
      }
    });
  });

  describe('timings', () => {
    test('are added up by what and where they are, as counted by hand', async () => {
      const store = current();
      const timed = randomEvents(22, 400, 'timing', (random) => ({
        name: ['product_list', 'user/:id'][Math.floor(random() * 2)] ?? '',
        duration: Math.round(random() * 400) / 4,
        said:
          random() < 0.5
            ? { kind: 'render', properties: { phase: 'mount' } }
            : {
                kind: 'query',
                properties: { operation: 'query', status: random() < 0.2 ? 'error' : 'success' },
              },
      }));
      const tasks = randomEvents(23, 100, 'longtask', (random) => ({
        name: '/app.js',
        duration: 50 + Math.round(random() * 100),
        said: { blockingDuration: 10 },
      }));
      const updates = makeEvent(9000, {
        type: 'timing',
        name: 'product_list',
        route: '/updated',
        duration: 60,
        data: JSON.stringify({ kind: 'render', properties: { phase: 'update', count: 12 } }),
      });
      const hits = makeEvent(9001, {
        type: 'timing',
        name: 'user/:id',
        route: '/updated',
        duration: 0,
        data: JSON.stringify({
          kind: 'query',
          properties: { operation: 'query', cacheHit: true, count: 7 },
        }),
      });
      const rows = { views: timed.views, events: [...timed.events, ...tasks.events, updates, hits] };
      await store.insert(rows);
      const all = await store.timings(always, null);
      expect(all.told.events).toBe(502);
      expect(all.kinds.reduce((sum, { n }) => sum + n, 0)).toBe(502);
      const updated = all.rows.filter(({ route }) => route === '/updated');
      expect(updated).toMatchObject([
        { part: 'update', times: 12, total: 60, duration: { n: 1, p50: 5 } },
        { part: 'query', times: 7, cacheHits: 7, total: 0, duration: { n: 0, p75: null } },
      ]);
      const renders = await store.timings(always, 'render');
      expect(renders.rows).toEqual(all.rows.filter(({ kind }) => kind === 'render'));
      for (const row of renders.rows.filter(({ part }) => part === 'mount')) {
        const alike = matching(timed, always).filter(
          ({ name, route, said }) => name === row.name && route === row.route && said.kind === 'render',
        );
        const durations = alike.flatMap(({ duration }) => duration ?? []).sort((a, b) => a - b);
        expect(row).toMatchObject({
          times: alike.length,
          views: new Set(alike.map(({ viewId }) => viewId)).size,
          duration: { p50: nearestRank(durations, 0.5), p95: nearestRank(durations, 0.95) },
        });
        expect(row.total).toBeCloseTo(durations.reduce((sum, each) => sum + each, 0));
      }
      const blocked = await store.timings(always, 'longtask');
      expect(blocked.told.events).toBe(100);
      expect(blocked.rows.reduce((sum, row) => sum + row.blocked, 0)).toBe(1000);
      const mobile = await store.timings(MOBILE, 'query');
      expect(mobile.rows.reduce((sum, { times }) => sum + times, 0)).toBe(
        matching(timed, MOBILE).filter(({ said }) => said.kind === 'query').length,
      );
    });
  });
}

interface Rows {
  readonly views: readonly ViewRow[];
  readonly events: readonly EventRow[];
}

function matching({ views, events }: Rows, { where = [] }: ViewRange): readonly Said[] {
  const byId = new Map(views.map((view) => [view.id, view]));
  return events
    .filter(({ viewId }) => {
      const view = byId.get(viewId);
      return where.length === 0 || (view !== undefined && holdsFor(view, where));
    })
    .map((event) => ({ ...event, said: JSON.parse(event.data ?? '{}') }));
}

/** Of each visit its events. */
function visitsByHand(events: readonly Said[]): ReadonlyMap<string, readonly Said[]> {
  const visits = new Map<string, Said[]>();
  for (const visitor of new Set(events.map((event) => event.visitor))) {
    let [name, last] = ['', Number.NEGATIVE_INFINITY];
    const own = events.filter((event) => event.visitor === visitor);
    for (const event of own.toSorted((a, b) => a.occurredAt - b.occurredAt)) {
      if (event.occurredAt - last >= 30 * MINUTE) name = `${visitor} ${event.id}`;
      last = event.occurredAt;
      visits.set(name, [...(visits.get(name) ?? []), event]);
    }
  }
  return visits;
}

function visitsHit(events: readonly Said[], fits: (event: Said) => boolean): number {
  return [...visitsByHand(events).values()].filter((visit) => visit.some(fits)).length;
}

function randomEvents(
  seed: number,
  count: number,
  type: EventRow['type'],
  make: (random: () => number) => Pick<EventRow, 'name' | 'duration'> & { readonly said: object },
): Rows {
  const random = randomFrom(seed);
  const views = variedViews(seed, 60);
  const events = Array.from({ length: count }, (_, index) => {
    const view = views[Math.floor(random() * views.length)];
    const { said, ...made } = make(random);
    return makeEvent(seed * 1000 + index, {
      type,
      occurredAt: NOON + Math.floor(random() * 6 * HOUR),
      data: JSON.stringify(said),
      ...made,
      ...(view !== undefined && { viewId: view.id, visitor: view.visitor, route: view.route }),
    });
  });
  return { views, events };
}
