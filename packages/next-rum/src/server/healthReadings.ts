import type { RumStore } from '../store/store.js';
import type { HealthPart, HealthResponse, JobHealth, ThreadHealth } from './api.js';
import { withDeadline } from './deadline.js';
import type { IngestState } from './ingest.js';
import { sumsOf, totalsOf } from './ingestTotals.js';
import type { Intake } from './intake.js';
import { type Log, reasonOf } from './log.js';
import type { Meter } from './meter.js';
import { storeFailure } from './storeFailure.js';

/** Who is asked. */
export interface HealthSources {
  readonly intake: () => Promise<Intake>;
  readonly thread: () => Promise<ThreadHealth | null>;
  readonly jobs: (database: RumStore) => Promise<readonly JobHealth[]>;
  readonly meter: Meter;
  readonly log: Log;
}

/** What of the details is read from somewhere, and what of it could not be. */
export type HealthReadings = Pick<HealthResponse, Exclude<HealthPart, 'store.thread'> | 'unread'> & {
  readonly thread: ThreadHealth | null;
};

const MOST_REASONS = 20;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Reads each part of the details by itself, so that one which the database does not tell keeps no other from being told.
 *
 * @param database Null where it does not answer: what is its to tell is then not asked for.
 * @param ms How long to wait for all of them.
 * @param time The server's clock, epoch ms.
 */
export async function readHealth(
  { intake, thread, meter, jobs, log }: HealthSources,
  database: RumStore | null,
  ms: number,
  time: number,
): Promise<HealthReadings> {
  const unread: HealthPart[] = [];
  async function read<T>(parts: readonly HealthPart[], work: () => Promise<T>): Promise<T | null> {
    try {
      return await withDeadline(work(), ms);
    } catch (error) {
      log('health_unread', {
        parts: parts.join(', '),
        code: storeFailure(error),
        reason: reasonOf(error),
      });
      unread.push(...parts);
      return null;
    }
  }
  async function ask<T>(part: HealthPart, question: (database: RumStore) => Promise<T>): Promise<T | null> {
    if (database !== null) return read([part], () => question(database));
    unread.push(part);
    return null;
  }

  const minute = time - (time % 60_000);
  // What this instance counted is to be among what all did, so that is stored first.
  const saved = database === null ? Promise.resolve() : meter.save(database, true);
  const [ingest, where, states, lastHour, lastDay, deadLetters, reasons] = await Promise.all([
    read(['buffer', 'lastCommit', 'lastFailure'], async () => (await intake()).state()),
    ask('store.thread', thread),
    ask('jobs', jobs),
    ask('lastHour', async (opened) => {
      await saved;
      return totalsOf(await opened.counts(minute - HOUR, time + 1));
    }),
    ask('lastDay', async (opened) => {
      await saved;
      return sumsOf(await opened.sumCounts(minute - DAY, time + 1));
    }),
    ask('deadLetters', (opened) => opened.countDeadLetters()),
    ask('deadLetterReasons', (opened) => opened.deadLetterReasons(MOST_REASONS)),
  ]);
  return {
    thread: where,
    ...writingOf(ingest),
    lastHour,
    lastDay,
    deadLetters,
    deadLetterReasons: reasons && Object.fromEntries(reasons),
    jobs: states ?? [],
    unread,
  };
}

function writingOf(state: IngestState | null): Pick<HealthResponse, 'buffer' | 'lastCommit' | 'lastFailure'> {
  if (state === null) return { buffer: null, lastCommit: null, lastFailure: null };
  const { rows, maxRows, bytes, maxBytes, committingSince, lastCommit, lastFailure } = state;
  return {
    buffer: {
      rows,
      maxRows,
      bytes,
      maxBytes,
      fill: Math.max(rows / maxRows, bytes / maxBytes),
      committingSince,
    },
    lastCommit,
    lastFailure,
  };
}
