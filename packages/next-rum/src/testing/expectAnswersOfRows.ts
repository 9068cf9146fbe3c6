import { expect } from 'vitest';
import type { RumStore } from '../store/store.js';
import { routesOf, summariesOf, totalsOf, trafficOf } from './countByHand.js';
import { expectSame } from './expectSame.js';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;
const ALWAYS = { app: 'shop', from: 0, to: 8.64e15 };

/** Every read of a store, against counting its rows by hand. */
export async function expectAnswersOfRows(store: RumStore, around: number): Promise<void> {
  const views = await store.views(ALWAYS, 100_000);
  const events = await store.events(ALWAYS, 100_000);
  const ranges = [
    { from: 0, to: 8.64e15 },
    { from: around - 7 * DAY, to: around + DAY },
    { from: around - 3 * DAY - 12 * HOUR, to: around + 12 * HOUR },
    { from: around - 5 * HOUR - 7 * MINUTE, to: around + 3 * HOUR },
    { from: around - 2 * DAY - 1234, to: around - 1_777_777 },
  ];
  for (const span of ranges) {
    const range = { app: 'shop', ...span };
    const within = views.filter(({ startedAt }) => startedAt >= span.from && startedAt < span.to);
    expect(await store.totals(range)).toEqual(totalsOf(views, events, span));
    for (const bucketMs of [30 * MINUTE, 12 * HOUR]) {
      expect(await store.traffic(range, bucketMs)).toEqual(trafficOf(views, span, bucketMs));
    }
    expectSame(await store.vitals(range), summariesOf(within));
    const [routes, expected] = [await store.routes(range, 3), routesOf(within).slice(0, 3)];
    expect(routes.map((each) => [each.route, each.views])).toEqual(
      expected.map((each) => [each.route, each.views]),
    );
    for (const [index, each] of routes.entries()) {
      expectSame(each.vitals, expected[index]?.vitals ?? summariesOf([]));
    }
  }
}
