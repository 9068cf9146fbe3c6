import type { WatchOptions, WatchResult } from '../../watchStore.js';
import { appsOf } from '../apps.js';
import { asJob, LeaseLost } from '../rollup/jobs.js';
import type { Source } from '../rollup/rollupCells.js';
import { watchApp } from './watchApp.js';
import { watchRows } from './watchState.js';

const MOST_HOURS = 336;
/**
 * Of one run, after which no other hour is begun, ms: so short that no lease is lost, and that whoever looks at a database of which
 * weeks are still to be watched is held up for a twelfth of the time at most.
 */
const PATIENCE = 5000;
/** In ids of what is kept apart from an app, such as its bots: no batch can name one. */
const APART = '~';

/** @see {@link WatchStore.watch} */
export async function watch(
  source: Source,
  { now, timeZones = {}, alerts = {}, mostHours = MOST_HOURS }: WatchOptions,
): Promise<WatchResult> {
  const done = await asJob(source.client, 'watch', now, async (lease) => {
    const deadline = performance.now() + PATIENCE;
    const sum = { hours: 0, opened: 0, resolved: 0 };
    const begunAnew: string[] = [];
    const failures: unknown[] = [];
    const rows = await watchRows(source.client);
    for (const app of await appsOf(source.client, 'rum_view')) {
      if (isApart(app)) continue;
      const row = rows.find((each) => each.app === app) ?? null;
      const timeZone = timeZones[app] ?? null;
      const plan = alerts[app] ?? null;
      try {
        const watched = await watchApp({ source, lease, app, row, timeZone, plan, now, mostHours, deadline });
        sum.hours += watched.hours;
        sum.opened += watched.opened;
        sum.resolved += watched.resolved;
        if (watched.isAnew) begunAnew.push(app);
      } catch (error) {
        if (error instanceof LeaseLost) throw error;
        failures.push(error);
      }
    }
    // One app that cannot be watched keeps no other from being watched.
    if (failures.length > 0) throw failures[0];
    return { ...sum, begunAnew };
  });
  return done === null ? { kind: 'busy' } : { kind: 'done', ...done };
}

/** Whether an id is of what is kept apart from an app: nobody watches it. */
export function isApart(app: string): boolean {
  return app.includes(APART);
}
