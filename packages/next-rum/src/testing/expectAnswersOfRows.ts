import type { Filter, RumStore } from '../store/store.js';
import { expectAnswers, expectVitals } from './expectAnswers.js';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;
const ALWAYS = { app: 'shop', from: 0, to: 8.64e15 };

/** Reads of a store against counting its rows by hand: two of the ranges and one of the filters, each in turn. */
export async function expectAnswersOfRows(store: RumStore, around: number): Promise<void> {
  const rows = { views: await store.views(ALWAYS, 100_000), events: await store.events(ALWAYS, 100_000) };
  const ranges = [
    { from: 0, to: 8.64e15 },
    { from: around - 7 * DAY, to: around + DAY },
    { from: around - 3 * DAY - 12 * HOUR, to: around + 12 * HOUR },
    { from: around - 5 * HOUR - 7 * MINUTE, to: around + 3 * HOUR },
    { from: around - 2 * DAY - 1234, to: around - 1_777_777 },
  ];
  for (let more = 0; more < 2; more += 1) {
    turn += 1;
    const span = ranges[turn % ranges.length] ?? ALWAYS;
    await expectAnswers(store, { app: 'shop', ...span }, rows, turn);
    if (more > 0) continue;
    const where = ONE_DIMENSION[turn % ONE_DIMENSION.length] ?? [];
    await expectVitals(store, { app: 'shop', ...span, where }, rows.views, turn);
  }
}

let turn = 0;

/** What rollups can tell of filters. */
const ONE_DIMENSION: readonly (readonly Filter[])[] = [
  [{ dimension: 'route', keep: true, values: ['/cart'] }],
  [{ dimension: 'browser', keep: true, values: ['Firefox', ''] }],
  [{ dimension: 'browser', keep: false, values: ['Firefox'] }],
  [{ dimension: 'country', keep: false, values: ['PT', ''] }],
  [
    { dimension: 'country', keep: true, values: ['PT', 'DE', ''] },
    { dimension: 'country', keep: false, values: ['DE'] },
  ],
  [{ dimension: 'device', keep: true, values: ['no such device', 'a\0b'] }],
];
