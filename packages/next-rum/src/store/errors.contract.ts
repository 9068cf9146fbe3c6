import { describe, expect, test } from 'vitest';
import { errorsOf, groupsOf, sum, valuesOf } from '../testing/errorsByHand.js';
import { makeEvent, makeView, NOON, randomFrom, shuffled, variedViews } from '../testing/rows.js';
import { ERROR_DIMENSIONS } from './errorStore.js';
import type { EventRow, ViewRow } from './rows.js';
import type { RumStore, ViewRange } from './store.js';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;
const always: ViewRange = { app: 'shop', from: 0, to: 8.64e15 };

/**
 * @param current The store of the test.
 * @param openStore Opens another one of the same database.
 */
export function describeErrors(current: () => RumStore, openStore: () => Promise<RumStore>): void {
  const rollUp = (now: number, store = current()): ReturnType<RumStore['rollUp']> =>
    store.rollUp({ now: () => now });

  describe('errors', () => {
    test.each([1])(
      'groups are those of the raw rows, whatever happened in between (seed %i)',
      async (seed) => {
        const store = current();
        const other = await openStore();
        const random = randomFrom(seed);
        const { views, events } = randomErrors(seed, 120);
        await store.insert({ views, events: [] });
        let now = NOON + HOUR;
        const deliveries = shuffled([...events, ...events], random);
        for (let start = 0; start < deliveries.length; start += 80) {
          await store.insert({ views: [], events: deliveries.slice(start, start + 80) });
          await expectErrorsOfRows(store);
          now += Math.floor(random() * 90 * MINUTE);
          const grains = random() < 0.4 ? (['minute'] as const) : undefined;
          await (random() < 0.5 ? store : other).rollUp({ now: () => now, ...(grains && { grains }) });
          await expectErrorsOfRows(other);
        }
        await store.erase({ app: 'shop', visitor: 'visitor 3' });
        await expectErrorsOfRows(store);
        await rollUp(now + 3 * DAY);
        await expectErrorsOfRows(store);
      },
    );

    test('an event counts as often as it says, and says so when it is shown', async () => {
      const store = current();
      const events = [
        error(1, { message: 'again' }),
        error(2, { message: 'again', count: 41 }),
        error(3, { message: 'once' }),
        error(4, { message: 'once', count: -3 }),
      ];
      await store.insert({ views: [makeView(0)], events });
      for (const now of [null, NOON + HOUR, NOON + 3 * DAY]) {
        if (now !== null) await rollUp(now);
        const { events: all, groups } = await store.errorGroups(always, DAY, 10);
        expect([all, groups.map((group) => group.events)]).toEqual([44, [42, 2]]);
        const where = [{ dimension: 'route', keep: true, values: [makeView(0).route] } as const];
        expect(await store.totals(always)).toMatchObject({ events: 4, errors: 44 });
        expect(await store.totals({ ...always, where })).toMatchObject({ events: 4, errors: 44 });
      }
      const [first] = await store.errorCounts(always, 1);
      const detail = await store.errorGroup(always, first?.fingerprint ?? '', DAY);
      expect(detail?.told.events).toBe(42);
      expect(detail?.occurrences.map(({ count }) => count)).toEqual([41, 1]);
    });

    test('of a flood of different ones the rarest are counted together, and none is lost', async () => {
      const store = current();
      const often = Array.from({ length: 20 }, (_, index) => error(index, { message: 'often' }));
      const rare = Array.from({ length: 1300 }, (_, index) =>
        error(100 + index, { message: `rare ${lettersOf(index)}` }, { occurredAt: NOON + 5000 }),
      );
      await store.insert({ views: [], events: [...often, ...rare] });
      const expected = { events: 1320, groups: [{ events: 20 }, { events: 1 }] };
      expect(await store.errorGroups(always, DAY, 2)).toMatchObject(expected);
      await rollUp(NOON + 3 * DAY);
      const { events, groups } = await store.errorGroups(always, DAY, 2000);
      expect(events).toBe(1320);
      expect(groups[0]).toMatchObject({ fingerprint: '(other)', events: 301, isNew: false, title: null });
      expect(groups[1]).toMatchObject({ events: 20, title: 'Error: often' });
      expect(groups).toHaveLength(1001);
      // One that was counted with others is told by its name.
      const named = new Set(groups.map(({ fingerprint }) => fingerprint));
      const [lost] = groupsOf({ views: [], events: rare }, always, DAY).filter(
        ({ fingerprint }) => !named.has(fingerprint),
      );
      expect(await store.errorGroup(always, lost?.fingerprint ?? '', DAY)).toMatchObject({
        events: 1,
        title: lost?.title,
      });
    });

    test('more of one moment than are read at once are all counted', async () => {
      const store = current();
      const events = Array.from({ length: 2500 }, (_, index) =>
        error(index, { message: index % 2 === 0 ? 'even' : 'odd' }, { occurredAt: NOON }),
      );
      await store.insert({ views: [], events });
      const counts = async (): Promise<readonly number[]> =>
        (await store.errorCounts(always, 10)).map((group) => group.events);
      expect(await counts()).toEqual([1250, 1250]);
      await rollUp(NOON + 3 * DAY);
      expect(await counts()).toEqual([1250, 1250]);
    });

    test('a group is told in full, of all its events or the latest', async () => {
      const store = current();
      const views = variedViews(3, 40);
      const events = views.flatMap((view, index) => [
        error(
          index,
          {
            message: `Order ${index} is gone`,
            source: index % 3 === 0 ? 'react' : 'window.error',
            stack: `Error: x\n    at pay (https://a/app.js:${index}:1)`,
            ...(index === 39 && { componentStack: '\n    at Cart', count: 3 }),
          },
          { viewId: view.id, visitor: view.visitor, route: view.route, occurredAt: view.startedAt + 10 },
        ),
        error(100 + index, { message: 'another one' }, { occurredAt: view.startedAt + 20 }),
      ]);
      await store.insert({ views, events });
      const rows = { views, events };
      for (const where of [undefined, [{ dimension: 'device' as const, keep: true, values: ['mobile'] }]]) {
        const range = { ...always, ...(where && { where }) };
        for (const now of [null, NOON + 3 * DAY]) {
          if (now !== null) await rollUp(now);
          const alike = errorsOf(rows, range).filter(({ title }) => title === 'Error: Order … is gone');
          const [latest] = alike;
          const fingerprint = latest?.fingerprint ?? '';
          const expected = groupsOf(rows, range, HOUR).find((group) => group.fingerprint === fingerprint);
          const { name: _name, routes: _routes, ...totals } = expected ?? {};
          const detail = await store.errorGroup(range, fingerprint, HOUR);
          expect(detail).toMatchObject({
            ...totals,
            told: { events: sum(alike), complete: true },
            views: new Set(alike.map(({ viewId }) => viewId)).size,
            latest: { ...JSON.parse(latest?.data ?? '{}'), at: latest?.occurredAt, digest: null },
          });
          for (const dimension of ERROR_DIMENSIONS) {
            expect(detail?.by[dimension]).toEqual(valuesOf(alike, dimension));
          }
          expect(detail?.occurrences.map(({ id, at, browser }) => ({ id, at, browser }))).toEqual(
            alike
              .slice(0, 20)
              .map(({ id, occurredAt, view }) => ({ id, at: occurredAt, browser: view?.browser })),
          );
        }
      }
      expect(await store.errorGroup(always, 'ffffffffffffffff', HOUR)).toBeNull();
      expect(await store.errorGroup({ ...always, app: 'other' }, 'ffffffffffffffff', HOUR)).toBeNull();
    });

    test('what is read of very many is the latest, and says from when on', async () => {
      const store = current();
      const events = Array.from({ length: 6000 }, (_, index) =>
        error(index, { message: 'often' }, { occurredAt: NOON + index * 1000, visitor: `visitor ${index}` }),
      );
      await store.insert({ views: [], events });
      await rollUp(NOON + 3 * DAY);
      const { groups, told } = await store.errorGroups(always, DAY, 5);
      expect(told).toEqual({ events: 600, since: NOON + 5400 * 1000, complete: false });
      expect(groups).toMatchObject([{ events: 6000, firstSeen: NOON, visitors: 600 }]);
      const detail = await store.errorGroup(always, groups[0]?.fingerprint ?? '', DAY);
      expect(detail).toMatchObject({
        events: 6000,
        told: { events: 600, since: NOON + 5400 * 1000, complete: false },
        visitors: 600,
      });
    });

    test('is new only where it was not there in the 30 days before', async () => {
      const store = current();
      const range = { app: 'shop', from: NOON, to: NOON + DAY };
      await store.insert({
        views: [],
        events: [
          error(1, { message: 'old' }, { occurredAt: NOON - 29 * DAY }),
          error(2, { message: 'older' }, { occurredAt: NOON - 31 * DAY }),
          ...['old', 'older', 'new'].map((message, index) => error(10 + index, { message })),
        ],
      });
      for (const now of [null, NOON + 3 * DAY]) {
        if (now !== null) await rollUp(now);
        const { groups } = await store.errorGroups(range, HOUR, 10);
        expect(groups.filter(({ isNew }) => isNew).map(({ title }) => title)).toEqual(
          groups.map(({ title }) => title).filter((title) => title !== 'Error: old'),
        );
      }
    });

    test('of a time whose events are gone the counts stay', async () => {
      const store = current();
      const late = NOON + 40 * DAY;
      await store.insert({
        views: [makeView(0), makeView(1, { startedAt: late })],
        events: [
          error(1, { message: 'gone' }),
          error(2, { message: 'kept' }, { occurredAt: late, viewId: makeView(1).id }),
        ],
      });
      const now = () => NOON + 41 * DAY;
      await store.rollUp({ now });
      await store.retain({ now });
      const { groups, told } = await store.errorGroups(always, DAY, 10);
      const gone = groups.find(({ title }) => title === null);
      expect(gone).toMatchObject({ events: 1, firstSeen: NOON + 1, visitors: 0 });
      expect(told).toMatchObject({ events: 1, complete: false });
      expect(await store.errorGroup(always, gone?.fingerprint ?? '', DAY)).toMatchObject({
        events: 1,
        title: null,
        latest: null,
        occurrences: [],
        told: { events: 0, complete: false },
      });
      const where = [{ dimension: 'device' as const, keep: true, values: ['desktop'] }];
      await expect(store.errorGroups({ ...always, where }, DAY, 10)).rejects.toMatchObject({
        code: 'not_kept',
      });
      expect((await store.errorGroups({ ...always, from: late - DAY, where }, DAY, 10)).events).toBe(1);
    });

    test('whatever is stored as an error is one', async () => {
      const store = current();
      const broken = ['{', 'null', '[1]', '{"message":7,"count":"x","stack":{}}', null];
      await store.insert({
        views: [],
        events: broken.map((data, index) => makeEvent(index, { type: 'error', name: 'Error', data })),
      });
      await rollUp(NOON + 3 * DAY);
      expect((await store.errorGroups(always, DAY, 10)).groups).toMatchObject([
        { events: 5, title: 'Error' },
      ]);
    });
  });

  /** Every answer about errors, against counting all rows by hand. */
  async function expectErrorsOfRows(store: RumStore): Promise<void> {
    const rows = { views: await store.views(always, 10_000), events: await store.events(always, 10_000) };
    const spans = [
      { from: 0, to: 8.64e15 },
      { from: NOON - 3 * DAY, to: NOON + DAY },
      { from: NOON - 5 * HOUR - 7 * MINUTE, to: NOON + 1234 },
    ];
    for (const [index, span] of spans.entries()) {
      for (const where of [[], WHERE]) {
        const range = { app: 'shop', ...span, where };
        const stepMs = [DAY, HOUR, 30 * MINUTE][index] ?? DAY;
        const expected = groupsOf(rows, range, stepMs).map((group) => ({
          ...group,
          // New is what the time before has none of, whatever the filters.
          isNew: !groupsOf(rows, { app: 'shop', from: span.from - 30 * DAY, to: span.from }, DAY).some(
            ({ fingerprint }) => fingerprint === group.fingerprint,
          ),
        }));
        const given = await store.errorGroups(range, stepMs, 100);
        expect(given.groups).toEqual(expected);
        expect(given.events).toBe(sum(errorsOf(rows, range)));
        const together = new Map<number, number>();
        for (const { series } of expected)
          for (const { t, n } of series) together.set(t, (together.get(t) ?? 0) + n);
        expect(given.series).toEqual([...together].map(([t, n]) => ({ t, n })).sort((a, b) => a.t - b.t));
        expect(await store.errorCounts(range, 3)).toEqual(
          expected.slice(0, 3).map(({ fingerprint, events }) => ({ fingerprint, events })),
        );
        const [group] = expected;
        if (group === undefined || index > 0) continue;
        const detail = await store.errorGroup(range, group.fingerprint, stepMs);
        const { name: _name, routes: _routes, ...totals } = group;
        expect(detail).toMatchObject(totals);
      }
    }
  }
}

const WHERE = [
  { dimension: 'device', keep: true, values: ['mobile', 'desktop'] },
  { dimension: 'country', keep: false, values: ['PT'] },
] as const;

/** @param said What the event says besides its name. */
function error(number: number, said: object, part: Partial<EventRow> = {}): EventRow {
  return makeEvent(number, { type: 'error', name: 'Error', data: JSON.stringify(said), ...part });
}

/** Errors of seven kinds over a week, some of which stand for several, of views that differ in everything. */
function randomErrors(
  seed: number,
  count: number,
): { readonly views: readonly ViewRow[]; readonly events: readonly EventRow[] } {
  const random = randomFrom(seed + 50);
  const views = variedViews(seed, 60).map((view, index) => ({ ...view, id: `${makeView(index).id}` }));
  const events = Array.from({ length: count }, (_, index) => {
    const view = views[Math.floor(random() * views.length)];
    const occurredAt = Math.floor(NOON - (random() < 0.4 ? 7 * DAY : 3 * HOUR) * random());
    const kind = Math.floor(random() ** 2 * 7);
    const said = {
      message: `${lettersOf(kind)} of ${index}`,
      source: kind % 2 === 0 ? 'window.error' : 'react',
      ...(random() < 0.3 && { count: 1 + Math.floor(random() * 9) }),
    };
    const ofView = view && { viewId: view.id, visitor: view.visitor, route: view.route };
    return random() < 0.2
      ? makeEvent(index, { occurredAt })
      : error(index, said, { occurredAt, ...(random() < 0.9 && ofView) });
  });
  return { views, events };
}

/** A word for a number, since digits make no difference. */
function lettersOf(number: number): string {
  return [...String(number)].map((digit) => 'klmnopqrst'[Number(digit)]).join('');
}
