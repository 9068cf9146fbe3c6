import type { ExplainedRise } from '../../../packages/next-rum/src/analysis/detectors/explainRise.js';
import { explainSamples } from '../../../packages/next-rum/src/analysis/detectors/explainSamples.js';
import type { Sample } from '../../../packages/next-rum/src/analysis/detectors/sample.js';
import type { Where } from '../../../packages/next-rum/src/analysis/detectors/segment.js';
import type { Incident } from '../../../packages/next-rum/src/analysis/detectors/siteWatcher.js';
import { endOf } from '../../../packages/next-rum/src/analysis/logHistogram.js';
import { createRandom } from '../random.js';
import { type SitePlan, seedOf } from './sitePlan.js';

/** Views of one bucket that are alike in all dimensions. */
interface DrawnViews {
  /** Begin of the bucket, epoch ms. */
  readonly t: number;
  readonly where: Where;
  readonly count: number;
  /** Of them. */
  readonly errors: number;
  /** Bins of the values of those that have the vital of the fault. */
  readonly bins: readonly number[];
}

/** Single views around a fault, as the app reads them when it tells a cause. */
export interface SiteRows {
  readonly isWanted: (t: number) => boolean;
  readonly add: (views: DrawnViews) => void;
  /** The cause was told for the last time. */
  readonly finish: () => void;
  /** @param until Epoch ms: what came later is not known yet. */
  readonly explain: (incident: Incident, until: number) => ExplainedRise;
}

const DAY = 86_400_000;
/** As `readSamples` has them: how many are read of either time, and of how many days before. */
const MOST_SAMPLES = 20_000;
const DAYS_BEFORE = 14;

/** Keeps what the app may read, and no more: of a bucket with more views a sample. */
export function createSiteRows(plan: SitePlan): SiteRows {
  const { fault, step, viewsAnHour } = plan;
  const random = createRandom(seedOf(plan) ^ 0x5bd1e995);
  const expected = (viewsAnHour * step) / (DAY / 24);
  const kept = Math.min(1, MOST_SAMPLES / expected);
  // A day holds all that is read of a busy site.
  const from = (fault?.from ?? Number.POSITIVE_INFINITY) - (expected > 500 ? 3 : DAYS_BEFORE + 2) * DAY;
  const isErrors = fault?.metric === 'errors';
  const all: Sample[] = [];
  // Silence is told without rows.
  let isFinished = fault === null || fault.metric === 'traffic';

  return {
    isWanted: (t) => t >= from && !isFinished,
    finish: () => {
      isFinished = true;
      all.length = 0;
    },
    add: ({ t, where, count, errors, bins }) => {
      const total = isErrors ? count : bins.length;
      for (let index = 0; index < total; index += 1) {
        if (kept < 1 && random.even() >= kept) continue;
        const bin = bins[index] ?? 0;
        all.push({
          t: t + random.even() * step,
          values: where,
          isOver: isErrors && index < errors,
          value: isErrors ? null : Math.sqrt(endOf(bin - 1) * endOf(bin)),
        });
      }
    },
    explain: ({ since, threshold }, until) => {
      const over = threshold ?? Number.POSITIVE_INFINITY;
      const judged = isErrors
        ? all
        : all.map((sample) => ({ ...sample, isOver: (sample.value ?? 0) > over }));
      const latest = (begin: number, end: number, most: number): Sample[] =>
        judged
          .filter(({ t }) => t >= begin && t < end)
          .sort((one, other) => other.t - one.t)
          .slice(0, most);
      const now = latest(since, until, MOST_SAMPLES);
      const first = now.length < MOST_SAMPLES ? since : (now.at(-1)?.t ?? since);
      const before: Sample[] = [];
      if (until - first >= DAY) before.push(...latest(since - DAYS_BEFORE * DAY, since, MOST_SAMPLES));
      else
        for (let day = 1; day <= DAYS_BEFORE; day += 1)
          before.push(
            ...latest(first - day * DAY, Math.min(since, until - day * DAY), MOST_SAMPLES - before.length),
          );
      return explainSamples(now, before);
    },
  };
}
