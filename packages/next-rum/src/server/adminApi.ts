import type { ViewRow } from '../store/rows.js';
import type { RumStore } from '../store/store.js';
import type { LiveResponse, LiveView, OverviewResponse, ResolvedRange, RoutesResponse } from './api.js';
import { ADMIN_PATHS, AUDIENCES, RANGES } from './api.js';
import { gate } from './authorize.js';
import { botsOf } from './bots.js';
import type { RumConfig } from './config.js';
import { gateAnswer } from './gateAnswer.js';
import { type Log, reasonOf } from './log.js';
import { fillBuckets, resolveRange } from './range.js';
import { apiError, json } from './respond.js';
import { storeFailure } from './storeFailure.js';

/** What the data routes work with. */
export interface AdminParts {
  readonly config: RumConfig;
  readonly store: () => Promise<RumStore>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Log;
  /** The value of `NODE_ENV`, asked at every request. */
  readonly environment: () => string | undefined;
}

type DataRoute = (request: Request, store: RumStore) => Promise<Response>;

const MAX_ROUTES = 200;
const MAX_LIVE_VIEWS = 100;
/** ms */
const LIVE_SPAN = 30 * 60_000;

/** Makes the admin's data routes, by path below the endpoint. Each asks the gate by itself. */
export function createAdminApi(
  parts: AdminParts,
): ReadonlyMap<string, (request: Request) => Promise<Response>> {
  const { config, now } = parts;
  const routes: readonly (readonly [string, DataRoute])[] = [
    [
      ADMIN_PATHS.overview,
      async (request, store) => {
        const [app, range] = [appOf(request, config), rangeOf(request, now())];
        const span = { app, from: range.from, to: range.to };
        const ofBots = { ...span, app: botsOf(config.app) };
        const [totals, vitals, traffic, bots] = await Promise.all([
          store.totals(span),
          store.vitals(span),
          store.traffic(span, range.bucketMs),
          app === ofBots.app ? null : store.totals(ofBots),
        ]);
        const body: OverviewResponse = {
          range,
          totals,
          vitals,
          traffic: fillBuckets(range, traffic),
          bots: { mode: config.bots, views: (bots ?? totals).views },
        };
        return json(200, body);
      },
    ],
    [
      ADMIN_PATHS.routes,
      async (request, store) => {
        const [app, range] = [appOf(request, config), rangeOf(request, now())];
        const found = await store.routes({ app, from: range.from, to: range.to }, MAX_ROUTES + 1);
        const body: RoutesResponse = {
          range,
          routes: found.slice(0, MAX_ROUTES),
          truncated: found.length > MAX_ROUTES,
        };
        return json(200, body);
      },
    ],
    [
      ADMIN_PATHS.live,
      async (request, store) => {
        const [app, time] = [appOf(request, config), now()];
        const views = await store.views({ app, from: time - LIVE_SPAN, to: time + 1 }, MAX_LIVE_VIEWS);
        const body: LiveResponse = { now: time, views: views.map(toLiveView) };
        return json(200, body);
      },
    ],
  ];
  return new Map(routes.map(([path, route]) => [path, guarded(parts, route)]));
}

function guarded({ config, store, log, environment }: AdminParts, route: DataRoute) {
  return async (request: Request): Promise<Response> => {
    const refusal = gateAnswer(await gate(config, request.headers, environment(), log), config);
    if (refusal !== null) return refusal;
    try {
      return await route(request, await store());
    } catch (error) {
      if (error instanceof InvalidParameter) {
        const { parameter, message } = error;
        return apiError(400, { error: 'invalid_parameter', message, parameter });
      }
      const code = storeFailure(error);
      log('query_failed', { code, reason: reasonOf(error) });
      return code === 'unavailable'
        ? apiError(
            503,
            { error: 'unavailable', message: 'the database cannot be reached' },
            { 'retry-after': '5' },
          )
        : apiError(500, { error: 'internal', message: 'the query failed; the server log says why' });
    }
  };
}

/** A parameter that has none of the values on offer. */
class InvalidParameter extends Error {
  override readonly name = 'InvalidParameter';
  readonly parameter: string;
  constructor(parameter: string, values: readonly string[]) {
    super(`${parameter} must be one of ${values.join(', ')}`);
    this.parameter = parameter;
  }
}

/** What the request says of `parameter`, `unset` where it says nothing. */
function chosen<T extends string>(request: Request, parameter: string, values: readonly T[], unset: T): T {
  const given = new URL(request.url).searchParams.get(parameter) ?? unset;
  const value = values.find((known) => known === given);
  if (value === undefined) throw new InvalidParameter(parameter, values);
  return value;
}

function rangeOf(request: Request, now: number): ResolvedRange {
  return resolveRange(chosen(request, 'range', RANGES, '24h'), now);
}

function appOf(request: Request, { app }: RumConfig): string {
  return chosen(request, 'audience', AUDIENCES, 'visitors') === 'bots' ? botsOf(app) : app;
}

function toLiveView(row: ViewRow): LiveView {
  const { id, startedAt, route, path, navigationType, device, browser, country, sample } = row;
  const { lcp, inp, cls, fcp, ttfb } = row;
  return {
    id,
    startedAt,
    route,
    path,
    navigationType,
    device,
    browser,
    country,
    vitals: { lcp, inp, cls, fcp, ttfb },
    sample,
  };
}
