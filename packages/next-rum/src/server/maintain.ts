import { createHash, timingSafeEqual } from 'node:crypto';
import type { JobOptions } from '../store/jobStore.js';
import type { RumStore } from '../store/store.js';
import type { WatchOptions } from '../store/watchStore.js';
import { deliver } from './alerts/deliver.js';
import { type Log, reasonOf } from './log.js';
import type { ReportConfig } from './report/sendReport.js';
import { apiError, json } from './respond.js';
import { storeFailure } from './storeFailure.js';

export interface MaintainParts {
  readonly store: () => Promise<RumStore>;
  readonly options: JobOptions & Pick<WatchOptions, 'timeZones' | 'alerts'>;
  readonly config: ReportConfig;
  readonly log: Log;
  /** The value of `CRON_SECRET`, asked at every request. */
  readonly secret: () => string | undefined;
}

/**
 * Makes the handler of `/maintain`: rolls up, watches, compares, tells and deletes what is due, for hosts on which nothing runs between requests. A
 * scheduler calls it with `Authorization: Bearer $CRON_SECRET`, as Vercel's does
 * (https://vercel.com/docs/cron-jobs/manage-cron-jobs#securing-cron-jobs).
 */
export function createMaintain({
  store,
  options,
  config,
  log,
  secret,
}: MaintainParts): (request: Request) => Promise<Response> {
  return async (request) => {
    const expected = secret();
    if (!expected) {
      return apiError(403, {
        error: 'forbidden',
        message: 'set CRON_SECRET in the environment, and send it as Authorization: Bearer …',
      });
    }
    if (!isSame(request.headers.get('authorization') ?? '', `Bearer ${expected}`)) {
      return apiError(401, { error: 'unauthorized', message: 'send Authorization: Bearer $CRON_SECRET' });
    }
    try {
      const database = await store();
      const rollup = await database.rollUp(options);
      const watched = await database.watch(options);
      if (watched.kind === 'done' && watched.begunAnew.length > 0)
        log('watch_begun_anew', { apps: watched.begunAnew.join(', ') });
      const { now } = options;
      const findings = await database.keepFindings({ now });
      const notices = await deliver({ store: database, config, now, log });
      const retention = await database.retain(options);
      return json(200, { rollup, watch: watched, findings, notices, retention });
    } catch (error) {
      const code = storeFailure(error);
      log('job_failed', { code, reason: reasonOf(error) });
      return code === 'unavailable'
        ? apiError(503, { error: 'unavailable', message: 'the database cannot be reached' })
        : apiError(500, { error: 'internal', message: 'a job failed; the server log says why' });
    }
  };
}

/** In a time that says nothing about where they differ. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
