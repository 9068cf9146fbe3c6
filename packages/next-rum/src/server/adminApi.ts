import type { RumStore } from '../store/store.js';
import { actions } from './admin/actions.js';
import { alerts, changeAlerts } from './admin/alerts.js';
import { board, boards, changeBoards } from './admin/boards.js';
import { breakdown } from './admin/breakdown.js';
import { causes } from './admin/causes.js';
import type { ChangeRoute } from './admin/change.js';
import { changes } from './admin/changes.js';
import { comparisons } from './admin/comparisons.js';
import type { Asked, DataRoute } from './admin/dataRoute.js';
import { error } from './admin/error.js';
import { errors } from './admin/errors.js';
import { funnel } from './admin/funnel.js';
import { goals } from './admin/goals.js';
import { impact } from './admin/impact.js';
import { changeInsights, insight, insights } from './admin/insights.js';
import { journey } from './admin/journey.js';
import { live } from './admin/live.js';
import { changeNotes, markers } from './admin/markers.js';
import { names } from './admin/names.js';
import { tooSlowBody } from './admin/narrowerSpan.js';
import { openApi } from './admin/openApi.js';
import { overview } from './admin/overview.js';
import { panel } from './admin/panel.js';
import { request, requests } from './admin/requests.js';
import { retention } from './admin/retention.js';
import { changeSavedViews, savedViews } from './admin/savedViews.js';
import { session } from './admin/session.js';
import { sessions } from './admin/sessions.js';
import { changeSettings, settings } from './admin/settings.js';
import { changeShares, shares } from './admin/shares.js';
import { timings } from './admin/timings.js';
import { trends } from './admin/trends.js';
import { values } from './admin/values.js';
import { vital } from './admin/vital.js';
import { ADMIN_PATHS } from './api.js';
import { gate } from './authorize.js';
import type { RumConfig } from './config.js';
import { gateAnswer } from './gateAnswer.js';
import { type Log, reasonOf } from './log.js';
import { isForeign } from './origin.js';
import { InvalidParameter } from './question.js';
import { readBody } from './readBody.js';
import { apiError } from './respond.js';
import { storeFailure, storeShare } from './storeFailure.js';

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
export function createAdminApi(parts: AdminParts): {
  readonly reads: ReadonlyMap<string, Handler>;
  /** What an admin changes, by POST. */
  readonly changes: ReadonlyMap<string, Handler>;
} {
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
    [ADMIN_PATHS.journey, journey],
    [ADMIN_PATHS.names, names],
    [ADMIN_PATHS.funnel, funnel],
    [ADMIN_PATHS.goals, goals],
    [ADMIN_PATHS.impact, impact],
    [ADMIN_PATHS.retention, retention],
    [ADMIN_PATHS.live, live],
    [ADMIN_PATHS.savedViews, savedViews],
    [ADMIN_PATHS.markers, markers],
    [ADMIN_PATHS.changes, changes],
    [ADMIN_PATHS.alerts, alerts],
    [ADMIN_PATHS.insights, insights],
    [ADMIN_PATHS.insight, insight],
    [ADMIN_PATHS.comparisons, comparisons],
    [ADMIN_PATHS.trends, trends],
    [ADMIN_PATHS.boards, boards],
    [ADMIN_PATHS.board, board],
    [ADMIN_PATHS.panel, panel],
    [ADMIN_PATHS.shares, shares],
    [ADMIN_PATHS.settings, settings],
    [ADMIN_PATHS.openApi, openApi],
  ];
  const changing: readonly (readonly [string, ChangeRoute])[] = [
    [ADMIN_PATHS.savedViews, changeSavedViews],
    [ADMIN_PATHS.notes, changeNotes],
    [ADMIN_PATHS.boards, changeBoards],
    [ADMIN_PATHS.shares, changeShares],
    [ADMIN_PATHS.settings, changeSettings],
    [ADMIN_PATHS.alerts, changeAlerts],
    [ADMIN_PATHS.insights, changeInsights],
  ];
  return {
    reads: new Map(routes.map(([path, route]) => [path, reading(parts, route, !SPANLESS.has(path))])),
    changes: new Map(changing.map(([path, route]) => [path, writing(parts, route)])),
  };
}

/** Answers that are of no time, or of one of their own. */
const SPANLESS: ReadonlySet<string> = new Set([
  ADMIN_PATHS.session,
  ADMIN_PATHS.live,
  ADMIN_PATHS.savedViews,
  ADMIN_PATHS.changes,
  ADMIN_PATHS.alerts,
  ADMIN_PATHS.insight,
  ADMIN_PATHS.trends,
  ADMIN_PATHS.boards,
  ADMIN_PATHS.board,
  ADMIN_PATHS.shares,
  ADMIN_PATHS.settings,
  ADMIN_PATHS.openApi,
]);

type Handler = (request: Request) => Promise<Response>;

/** A request that was let through. */
export async function askedOf(
  { config, store, now, log, serverless, draining }: AdminParts,
  request: Request,
  parameters: URLSearchParams = new URL(request.url).searchParams,
): Promise<Asked> {
  return {
    parameters,
    config,
    store: await store(),
    now: now(),
    clock: now,
    signal: request.signal,
    serverless,
    ending: draining,
    log,
  };
}

/** @param hasSpan Whether a shorter time can be asked for. */
function reading(parts: AdminParts, route: DataRoute, hasSpan: boolean): Handler {
  const { config, log, environment } = parts;
  return async (request) => {
    const admission = await gate(config, request.headers, environment(), log);
    if (admission.kind !== 'open') return gateAnswer(admission, config);
    try {
      return await route(await askedOf(parts, request));
    } catch (error) {
      return answerFailure(error, parts, hasSpan ? new URL(request.url).searchParams : null);
    }
  };
}

const BODY_LIMITS = {
  wireBytes: 128 * 1024,
  inflatedBytes: 128 * 1024,
  // A form of another site can send none that is this: https://fetch.spec.whatwg.org/#cors-safelisted-request-header
  mediaTypes: ['application/json'],
  timeoutMs: 10_000,
};

function writing(parts: AdminParts, route: ChangeRoute): Handler {
  const { config, log, environment } = parts;
  return async (request) => {
    const admission = await gate(config, request.headers, environment(), log);
    if (admission.kind !== 'open') return gateAnswer(admission, config);
    const { viewer } = admission;
    if (viewer.role !== 'admin') return apiError(403, { error: 'forbidden', message: VIEW_ONLY });
    if (isForeign(request)) return apiError(403, { error: 'forbidden', message: FOREIGN });
    const body = await readBody(request, BODY_LIMITS);
    if (!body.ok) {
      return apiError(body.status, { error: 'invalid_parameter', message: body.message, parameter: 'body' });
    }
    try {
      return await route({ ...(await askedOf(parts, request)), viewer, body: parseJson(body.text) });
    } catch (error) {
      return answerFailure(error, parts);
    }
  };
}

const VIEW_ONLY = 'you may see everything here and change nothing: sign in as an admin';
const FOREIGN = 'changes are made from the admin page itself';

/** @throws {InvalidParameter} */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new InvalidParameter('body', 'the body is not JSON');
  }
}

/**
 * What is told where there is no answer.
 *
 * @param parameters Of the question, where whoever asked can ask for another time.
 */
export function answerFailure(
  error: unknown,
  parts: Pick<AdminParts, 'config' | 'now' | 'log'>,
  parameters: URLSearchParams | null = null,
): Response {
  if (!(error instanceof InvalidParameter)) return failure(error, parts, parameters);
  const { parameter, message } = error;
  return apiError(400, { error: 'invalid_parameter', message, parameter });
}

function failure(
  error: unknown,
  { config, now, log }: Pick<AdminParts, 'config' | 'now' | 'log'>,
  parameters: URLSearchParams | null,
): Response {
  const code = storeFailure(error);
  log('query_failed', { code, reason: reasonOf(error) });
  switch (code) {
    case 'unavailable':
      return apiError(
        503,
        { error: 'unavailable', message: 'the database cannot be used right now; the server log says why' },
        { 'retry-after': '5' },
      );
    case 'too_slow':
      // Not 503, since asking for the same again would take as long.
      return apiError(
        400,
        tooSlowBody(reasonOf(error).replace(/^.*RUM: /, ''), storeShare(error), {
          parameters,
          config,
          now: now(),
        }),
      );
    default:
      return apiError(500, { error: 'internal', message: 'the query failed; the server log says why' });
  }
}
