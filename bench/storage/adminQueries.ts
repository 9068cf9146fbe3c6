import { defineRum } from '../../packages/next-rum/src/defineRum.js';
import { ADMIN_PATHS } from '../../packages/next-rum/src/server/api.js';
import { createRumServer } from '../../packages/next-rum/src/server/createRumServer.js';
import { DEFAULT_QUESTION, type Filter, writeQuestion } from '../../packages/next-rum/src/server/question.js';
import type { RumStore, TimeRange, ViewRange } from '../../packages/next-rum/src/store/store.js';
import { APP } from './history.js';

/** One thing that the admin asks for. */
export interface Query {
  readonly name: string;
  /** Rejects where there is no proper answer. */
  run(): Promise<void>;
}

const DAY = 86_400_000;
const HOUR = 3_600_000;

/**
 * Every answer of the admin's API over 30 days, as its routes give it.
 *
 * @param to End of what is stored, epoch ms: the admin's present.
 */
export function adminQueries(store: RumStore, to: number): readonly Query[] {
  const route = routesOf(store, to);
  return [
    route(`${ADMIN_PATHS.overview}?range=30d`),
    route(`${ADMIN_PATHS.overview}?range=30d&compare=week`),
    route(`${ADMIN_PATHS.vital}?metric=inp&range=24h`),
    route(`${ADMIN_PATHS.vital}?metric=lcp&range=30d`),
    route(`${ADMIN_PATHS.vital}?metric=lcp&range=30d&filter=country:DE`),
    route(`${ADMIN_PATHS.breakdown}?dimension=route&range=30d`),
    route(`${ADMIN_PATHS.breakdown}?dimension=language&range=30d&compare=week`),
    route(`${ADMIN_PATHS.values}?dimension=country&range=30d`),
    route(`${ADMIN_PATHS.causes}?metric=lcp&range=30d`),
    route(`${ADMIN_PATHS.causes}?metric=inp&range=30d`),
    route(`${ADMIN_PATHS.errors}?range=24h`),
    route(`${ADMIN_PATHS.errors}?range=30d`),
    route(`${ADMIN_PATHS.errors}?range=30d&compare=week`),
    rareError(store, to, route),
    ...SAMPLED.map((path) => route(`${path}range=30d`)),
    route(`${ADMIN_PATHS.insights}?range=30d`),
    route(`${ADMIN_PATHS.trends}?range=30d`),
    route(`${ADMIN_PATHS.markers}?range=30d`),
    route(`${ADMIN_PATHS.panel}?metric=lcp&chart=line&range=30d`),
    route(ADMIN_PATHS.live),
    route(`${ADMIN_PATHS.openApi}`),
    route(`${ADMIN_PATHS.health}?details`),
  ];
}

/** What is counted from the latest single views or events, so many of them. */
const SAMPLED = [
  `${ADMIN_PATHS.requests}?`,
  `${ADMIN_PATHS.actions}?`,
  `${ADMIN_PATHS.timings}?`,
  `${ADMIN_PATHS.sessions}?`,
  `${ADMIN_PATHS.journey}?`,
  `${ADMIN_PATHS.funnel}?step=view:/&step=view:/shop&`,
  `${ADMIN_PATHS.goals}?goal=view:/shop&`,
  `${ADMIN_PATHS.impact}?goal=view:/shop&metric=lcp&`,
  `${ADMIN_PATHS.comparisons}?`,
];

/** A group of errors that is rare, whose events are to be looked for. */
function rareError(store: RumStore, to: number, route: (path: string) => Query): Query {
  const range: TimeRange = { app: APP, from: to - 30 * DAY, to };
  let known: readonly string[] | null = null;
  return {
    name: `GET ${ADMIN_PATHS.error}?range=30d, a rare one`,
    run: async () => {
      known ??= (await store.errorCounts(range, 60)).map(({ fingerprint }) => fingerprint);
      await route(`${ADMIN_PATHS.error}?range=30d&fingerprint=${known.at(-1)}`).run();
    },
  };
}

/** The admin's API on a store. */
function routesOf(store: RumStore, to: number): (path: string) => Query {
  const { config } = defineRum({ app: APP, database: 'file:unused', authorize: () => true });
  const server = createRumServer({ config, store: async () => store, now: () => to });
  return (path) => ({
    name: `GET ${path}`,
    run: async () => {
      const response = await server.handle(new Request(`http://localhost${config.endpoint}${path}`));
      if (response.status !== 200) throw new Error(`${path} was answered with ${response.status}`);
      await response.text();
    },
  });
}

/** Every read of the store by itself, those included that the admin does not ask for yet. */
export function storeReads(store: RumStore, to: number): readonly Query[] {
  const range: TimeRange = { app: APP, from: to - 30 * DAY, to };
  return [
    read('totals', () => store.totals(range)),
    read('vitals', () => store.vitals(range)),
    read('traffic, by 12 hours', () => store.traffic(range, 12 * HOUR)),
    read('traffic, by hours', () => store.traffic(range, HOUR)),
    read('vital, by 12 hours', () => store.vital(range, 'lcp', 12 * HOUR)),
    read('breakdown, by routes', () => store.breakdown(range, 'route', 200)),
    read('breakdown, by browsers', () => store.breakdown(range, 'browser', 200)),
    read('values, of referrers', () => store.values(range, 'referrer', 'e', 50)),
    read('causes', () => store.causes(range, 'lcp', 20_000)),
    read('visitors, daily', () => store.visitors(range, 'daily')),
    read('visitors, lasting', () => store.visitors(range, 'lasting')),
    read('views, latest 100', () => store.views(range, 100)),
    read('events, latest 100', () => store.events(range, 100)),
  ];
}

/** Pairs of filters, from those that leave most of the views to those that leave few. */
const PAIRS: readonly (readonly Filter[])[] = [
  [keeping('environment', 'production'), keeping('device', 'mobile')],
  [keeping('device', 'mobile'), keeping('browser', 'Chrome')],
  [keeping('device', 'mobile', 'tablet'), { dimension: 'country', keep: false, values: ['US', 'IN'] }],
  [keeping('route', '/shop'), keeping('country', 'DE')],
];

function keeping(dimension: Filter['dimension'], ...values: readonly string[]): Filter {
  return { dimension, keep: true, values };
}

/** Every answer that takes filters, with two of them, over 30 days; and visitors, which the admin does not show yet. */
export function filteredQueries(store: RumStore, to: number): readonly Query[] {
  const route = routesOf(store, to);
  return PAIRS.flatMap((filters) => {
    const parameters = new URLSearchParams();
    writeQuestion({ ...DEFAULT_QUESTION, range: '30d', filters }, parameters);
    const range: ViewRange = { app: APP, from: to - 30 * DAY, to, where: filters };
    return [
      route(`${ADMIN_PATHS.overview}?${parameters}`),
      route(`${ADMIN_PATHS.vital}?metric=lcp&${parameters}`),
      route(`${ADMIN_PATHS.breakdown}?dimension=browser&${parameters}`),
      route(`${ADMIN_PATHS.values}?dimension=os&${parameters}`),
      route(`${ADMIN_PATHS.causes}?metric=lcp&${parameters}`),
      route(`${ADMIN_PATHS.errors}?${parameters}`),
      ...SAMPLED.map((path) => route(`${path}${parameters}`)),
      read(`visitors, ${parameters.getAll('filter').join(' + ')}`, () => store.visitors(range, 'daily')),
    ];
  });
}

function read(name: string, run: () => Promise<unknown>): Query {
  return {
    name,
    run: async () => {
      await run();
    },
  };
}
