import { defineRum } from '../../packages/next-rum/src/defineRum.js';
import { ADMIN_PATHS } from '../../packages/next-rum/src/server/api.js';
import { createRumServer } from '../../packages/next-rum/src/server/createRumServer.js';
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
  const { config } = defineRum({ app: APP, database: 'file:unused', authorize: () => true });
  const server = createRumServer({ config, store: async () => store, now: () => to });
  const route = (path: string): Query => ({
    name: `GET ${path}`,
    run: async () => {
      const response = await server.handle(new Request(`http://localhost${config.endpoint}${path}`));
      if (response.status !== 200) throw new Error(`${path} was answered with ${response.status}`);
      await response.text();
    },
  });
  return [
    route(`${ADMIN_PATHS.overview}?range=30d`),
    route(`${ADMIN_PATHS.routes}?range=30d`),
    route(ADMIN_PATHS.live),
    route(`${ADMIN_PATHS.health}?details`),
  ];
}

/** Every read of the store by itself, those included that the admin does not ask for yet. */
export function storeReads(store: RumStore, to: number): readonly Query[] {
  const range: TimeRange = { app: APP, from: to - 30 * DAY, to };
  return [
    read('totals', () => store.totals(range)),
    read('vitals', () => store.vitals(range)),
    read('traffic, by 12 hours', () => store.traffic(range, 12 * HOUR)),
    read('traffic, by hours', () => store.traffic(range, HOUR)),
    read('routes', () => store.routes(range, 200)),
    read('visitors, daily', () => store.visitors(range, 'daily')),
    read('visitors, lasting', () => store.visitors(range, 'lasting')),
    read('views, latest 100', () => store.views(range, 100)),
    read('events, latest 100', () => store.events(range, 100)),
  ];
}

/** Pairs of filters, from those that leave most of the views to those that leave few. */
const PAIRS: readonly NonNullable<ViewRange['where']>[] = [
  { environment: 'production', device: 'mobile' },
  { device: 'mobile', browser: 'Chrome' },
  { device: 'mobile', country: 'US' },
  { route: '/shop', country: 'DE' },
];

/** Every read that takes filters, with two of them, over 30 days. The admin's API has none yet. */
export function filteredQueries(store: RumStore, to: number): readonly Query[] {
  return PAIRS.flatMap((where) => {
    const range: ViewRange = { app: APP, from: to - 30 * DAY, to, where };
    const named = (name: string): string => `${name}, ${Object.values(where).join(' + ')}`;
    return [
      read(named('totals'), () => store.totals(range)),
      read(named('vitals'), () => store.vitals(range)),
      read(named('traffic'), () => store.traffic(range, 12 * HOUR)),
      read(named('routes'), () => store.routes(range, 200)),
      read(named('visitors'), () => store.visitors(range, 'daily')),
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
