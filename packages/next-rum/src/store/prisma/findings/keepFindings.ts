import { COMPARED_SPAN, type KeepResult, type KeptFindings, TREND_SPAN } from '../../findingStore.js';
import { bucketOf } from '../../rollup/grains.js';
import { appsOf } from '../apps.js';
import { comparisons } from '../comparisons/comparisons.js';
import { asJob, LeaseLost } from '../rollup/jobs.js';
import type { Source } from '../rollup/rollupCells.js';
import { trends } from '../trends/trends.js';
import { isApart } from '../watch/watch.js';
import { forgetFindings, writeFindings } from './findingRows.js';

/** ms */
const TRANSACTION = { maxWait: 5000, timeout: 60_000 };

/** @see {@link FindingStore.keepFindings} */
export async function keepFindings(
  source: Source,
  { now }: { readonly now: () => number },
): Promise<KeepResult> {
  const done = await asJob(source.client, 'findings', now, async (lease) => {
    const failures: unknown[] = [];
    const apps = (await appsOf(source.client, 'rum_view')).filter((app) => !isApart(app));
    for (const app of apps) {
      try {
        const found = await look(source, app, now());
        await source.client.$transaction(async (transaction) => {
          await lease.renew(transaction);
          await writeFindings(transaction, app, found);
        }, TRANSACTION);
      } catch (error) {
        if (error instanceof LeaseLost) throw error;
        failures.push(error);
      }
    }
    // One app of which nothing can be found keeps no other from it.
    if (failures.length > 0) throw failures[0];
    await forgetFindings(source.client, now() - TREND_SPAN);
    return { apps: apps.length };
  });
  return done === null ? { kind: 'busy' } : { kind: 'done', ...done };
}

async function look(source: Source, app: string, now: number): Promise<KeptFindings> {
  const from = now - COMPARED_SPAN;
  const today = bucketOf(now, 'day');
  return {
    madeAt: now,
    from,
    comparisons: await comparisons(source, { app, from, to: now }),
    trends: await trends(source, { app, from: today - TREND_SPAN, to: today }),
  };
}
