import type { RumStore } from '../store/store.js';
import { actions } from './admin/actions.js';
import { breakdown } from './admin/breakdown.js';
import { causes } from './admin/causes.js';
import type { DataRoute } from './admin/dataRoute.js';
import { error } from './admin/error.js';
import { errors } from './admin/errors.js';
import { live } from './admin/live.js';
import { openApi } from './admin/openApi.js';
import { overview } from './admin/overview.js';
import { request, requests } from './admin/requests.js';
import { session } from './admin/session.js';
import { sessions } from './admin/sessions.js';
import { timings } from './admin/timings.js';
import { values } from './admin/values.js';
import { vital } from './admin/vital.js';
import { ADMIN_PATHS } from './api.js';
import { gate } from './authorize.js';
import type { RumConfig } from './config.js';
import { gateAnswer } from './gateAnswer.js';
import { type Log, reasonOf } from './log.js';
import { InvalidParameter } from './question.js';
import { apiError } from './respond.js';
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
  readonly serverless: boolean;
  /** True once the process is to end. */
  readonly draining: () => boolean;
}

/** Makes the admin's data routes, by path below the endpoint. Each asks the gate by itself. */
export function createAdminApi(
  parts: AdminParts,
): ReadonlyMap<string, (request: Request) => Promise<Response>> {
  const routes: readonly (readonly [string, DataRoute])[] = [
    [ADMIN_PATHS.overview, overview],
    [ADMIN_PATHS.vital, vital],
    [ADMIN_PATHS.breakdown, breakdown],
    [ADMIN_PATHS.values, values],
    [ADMIN_PATHS.causes, causes],
    [ADMIN_PATHS.errors, errors],
    [ADMIN_PATHS.error, error],
    [ADMIN_PATHS.requests, requests],
    [ADMIN_PATHS.request, request],
    [ADMIN_PATHS.sessions, sessions],
    [ADMIN_PATHS.session, session],
    [ADMIN_PATHS.actions, actions],
    [ADMIN_PATHS.timings, timings],
    [ADMIN_PATHS.live, live],
    [ADMIN_PATHS.openApi, openApi],
  ];
  return new Map(routes.map(([path, route]) => [path, guarded(parts, route)]));
}

function guarded(
  { config, store, now, log, environment, serverless, draining }: AdminParts,
  route: DataRoute,
) {
  return async (request: Request): Promise<Response> => {
    const admission = await gate(config, request.headers, environment(), log);
    if (admission.kind !== 'open') return gateAnswer(admission, config);
    try {
      const parameters = new URL(request.url).searchParams;
      return await route({
        parameters,
        config,
        store: await store(),
        now: now(),
        clock: now,
        signal: request.signal,
        serverless,
        ending: draining,
        log,
      });
    } catch (error) {
      if (error instanceof InvalidParameter) {
        const { parameter, message } = error;
        return apiError(400, { error: 'invalid_parameter', message, parameter });
      }
      return failure(error, log);
    }
  };
}

function failure(error: unknown, log: Log): Response {
  const code = storeFailure(error);
  log('query_failed', { code, reason: reasonOf(error) });
  switch (code) {
    case 'unavailable':
      return apiError(
        503,
        { error: 'unavailable', message: 'the database cannot be reached' },
        { 'retry-after': '5' },
      );
    case 'too_slow':
      // Not 503, since asking for the same again would take as long.
      return apiError(400, {
        error: 'too_slow',
        message: `${reasonOf(error).replace(/^.*RUM: /, '')}: ask for a shorter time, or for fewer filters`,
      });
    default:
      return apiError(500, { error: 'internal', message: 'the query failed; the server log says why' });
  }
}
