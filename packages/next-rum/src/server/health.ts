import type { RumStore, StoreErrorCode } from '../store/store.js';
import type { HealthResponse, HealthStatus, JobHealth, ThreadHealth } from './api.js';
import { gate } from './authorize.js';
import type { RumConfig } from './config.js';
import { withDeadline } from './deadline.js';
import { gateAnswer } from './gateAnswer.js';
import type { IngestState } from './ingest.js';
import { sumsOf, totalsOf } from './ingestTotals.js';
import type { Intake } from './intake.js';
import { type Log, reasonOf } from './log.js';
import type { Meter } from './meter.js';
import { json } from './respond.js';
import { storeFailure } from './storeFailure.js';

export interface HealthParts {
  readonly config: RumConfig;
  readonly store: () => Promise<RumStore>;
  readonly intake: () => Promise<Intake>;
  readonly thread: () => Promise<ThreadHealth | null>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Log;
  readonly meter: Meter;
  readonly draining: () => boolean;
  readonly jobs: (database: RumStore) => Promise<readonly JobHealth[]>;
  /** The value of `NODE_ENV`, asked at every request. */
  readonly environment: () => string | undefined;
}

/** ms that a load balancer is kept waiting for a database that does not answer. */
const PING_DEADLINE = 3000;
const MOST_REASONS = 20;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Makes the handler of `GET {endpoint}/health`: a status that anyone may ask for, with 503 where no batch would be taken,
 * and with `?details` all that an operator wants to know, for whoever may open the admin.
 */
export function createHealth(parts: HealthParts): (request: Request) => Promise<Response> {
  const { config, draining, environment, log } = parts;
  return async (request) => {
    const detailed = new URL(request.url).searchParams.has('details');
    if (detailed) {
      const admission = await gate(config, request.headers, environment(), log);
      if (admission.kind !== 'open') return gateAnswer(admission, config);
    }
    const { database, code, pingMs } = await ping(parts);
    // Anyone learns what a load balancer needs, and no more: a job that lags is the operator's business.
    const jobs = detailed && database !== null ? await jobsOf(parts, database) : [];
    const status = statusOf(database !== null, draining(), jobs);
    const httpStatus = status === 'ok' || status === 'degraded' ? 200 : 503;
    if (!detailed) return json(httpStatus, { status });
    return json(httpStatus, await details(parts, status, jobs, { database, code, pingMs }));
  };
}

async function jobsOf({ jobs, log }: HealthParts, database: RumStore): Promise<readonly JobHealth[]> {
  try {
    return await jobs(database);
  } catch (error) {
    log('store_failed', { code: storeFailure(error), reason: reasonOf(error) });
    return [];
  }
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

function statusOf(answers: boolean, draining: boolean, jobs: readonly JobHealth[]): HealthStatus {
  if (draining) return 'draining';
  if (!answers) return 'unavailable';
  return jobs.some(({ state }) => state !== 'ok') ? 'degraded' : 'ok';
}

async function details(
  parts: HealthParts,
  status: HealthStatus,
  jobs: readonly JobHealth[],
  { database, code, pingMs }: Ping,
): Promise<HealthResponse> {
  const { now, meter, thread } = parts;
  const time = now();
  const ingest = database === null ? null : await writing(parts);
  return {
    status,
    now: time,
    store: {
      state: database === null ? 'unavailable' : 'ok',
      pingMs,
      error: code,
      thread: database === null ? null : await thread(),
    },
    buffer:
      ingest === null
        ? null
        : {
            rows: ingest.rows,
            maxRows: ingest.maxRows,
            bytes: ingest.bytes,
            maxBytes: ingest.maxBytes,
            fill: Math.max(ingest.rows / ingest.maxRows, ingest.bytes / ingest.maxBytes),
            committingSince: ingest.committingSince,
          },
    lastCommit: ingest?.lastCommit ?? null,
    lastFailure: ingest?.lastFailure ?? null,
    process: totalsOf(meter.recent()),
    ...(await stored(database, meter, time)),
    jobs,
  };
}

async function writing({ intake, log }: HealthParts): Promise<IngestState | null> {
  try {
    return await (await intake()).state();
  } catch (error) {
    log('store_failed', { code: storeFailure(error), reason: reasonOf(error) });
    return null;
  }
}

/** What all instances counted of late, those of this one included as far as they are stored. */
async function stored(
  database: RumStore | null,
  meter: Meter,
  time: number,
): Promise<Pick<HealthResponse, 'lastHour' | 'lastDay' | 'deadLetters' | 'deadLetterReasons'>> {
  const unknown = { lastHour: null, lastDay: null, deadLetters: null, deadLetterReasons: null };
  if (database === null) return unknown;
  try {
    await meter.save(database, true);
    const minute = time - (time % 60_000);
    const [hour, day, deadLetters, reasons] = await Promise.all([
      database.counts(minute - HOUR, time + 1),
      database.sumCounts(minute - DAY, time + 1),
      database.countDeadLetters(),
      database.deadLetterReasons(MOST_REASONS),
    ]);
    return {
      lastHour: totalsOf(hour),
      lastDay: sumsOf(day),
      deadLetters,
      deadLetterReasons: Object.fromEntries(reasons),
    };
  } catch {
    // The database answered the ping and now does not: what is not known is said to be so, and the next ping tells why.
    return unknown;
  }
}
