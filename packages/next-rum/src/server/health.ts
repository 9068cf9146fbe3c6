import type { RumStore } from '../store/store.js';
import type { StoreErrorCode } from '../store/storeError.js';
import type { HealthResponse, HealthStatus } from './api.js';
import { gate } from './authorize.js';
import type { RumConfig } from './config.js';
import { withDeadline } from './deadline.js';
import { gateAnswer } from './gateAnswer.js';
import { type HealthSources, readHealth } from './healthReadings.js';
import { totalsOf } from './ingestTotals.js';
import { reasonOf } from './log.js';
import { json } from './respond.js';
import { storeFailure } from './storeFailure.js';

export interface HealthParts extends HealthSources {
  readonly config: RumConfig;
  readonly store: () => Promise<RumStore>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly draining: () => boolean;
  /** The value of `NODE_ENV`, asked at every request. */
  readonly environment: () => string | undefined;
}

/** ms that a load balancer is kept waiting for a database that does not answer. */
const PING_DEADLINE = 3000;
/** ms that all of the details may take: whoever watches gives up after five seconds. */
const DETAILS_DEADLINE = 4500;

/**
 * Makes the handler of `GET {endpoint}/health`: a status that anyone may ask for, with 503 where no batch would be taken,
 * and with `?details` all that an operator wants to know, for whoever may open the admin. Either is answered within 5 s.
 */
export function createHealth(parts: HealthParts): (request: Request) => Promise<Response> {
  const { config, draining, environment, log, meter, now } = parts;
  return async (request) => {
    const detailed = new URL(request.url).searchParams.has('details');
    if (detailed) {
      const admission = await gate(config, request.headers, environment(), log);
      if (admission.kind !== 'open') return gateAnswer(admission, config);
    }
    const began = performance.now();
    const { database, code, pingMs } = await ping(parts);
    // Anyone learns what a load balancer needs, and no more: a job that lags is the operator's business.
    if (!detailed) return answer({ status: statusOf(database !== null, draining(), true) });
    const time = now();
    const left = DETAILS_DEADLINE - (performance.now() - began);
    const { thread, ...read } = await readHealth(parts, database, left, time);
    const isWell = read.unread.length === 0 && read.jobs.every(({ state }) => state === 'ok');
    return answer({
      status: statusOf(database !== null, draining(), isWell),
      now: time,
      store: { state: database === null ? 'unavailable' : 'ok', pingMs, error: code, thread },
      process: totalsOf(meter.recent()),
      ...read,
    } satisfies HealthResponse);
  };
}

function answer<Body extends { readonly status: HealthStatus }>(body: Body): Response {
  return json(body.status === 'ok' || body.status === 'degraded' ? 200 : 503, body);
}

interface Ping {
  readonly database: RumStore | null;
  readonly code: StoreErrorCode | null;
  readonly pingMs: number | null;
}

async function ping({ store, log }: HealthParts): Promise<Ping> {
  const began = performance.now();
  try {
    const answering = async () => {
      const opened = await store();
      await opened.ping();
      return opened;
    };
    const database = await withDeadline(answering(), PING_DEADLINE);
    return { database, code: null, pingMs: Math.round(performance.now() - began) };
  } catch (error) {
    const code = storeFailure(error);
    log('store_failed', { code, reason: reasonOf(error) });
    return { database: null, code, pingMs: null };
  }
}

function statusOf(answers: boolean, draining: boolean, isWell: boolean): HealthStatus {
  if (draining) return 'draining';
  if (!answers) return 'unavailable';
  return isWell ? 'ok' : 'degraded';
}
