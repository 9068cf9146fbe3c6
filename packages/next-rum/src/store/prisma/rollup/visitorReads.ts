import { type Cells, cellOf, countOf } from '../../rollup/cells.js';
import { GRAIN_MS } from '../../rollup/grains.js';
import type { Segment } from '../../rollup/planRange.js';
import type { Pseudonyms, TimeRange, VisitorCount } from '../../store.js';
import { countVisitors } from './rawReads.js';
import { addRawVisitors, addRollups, type Source, sumRollups } from './rollupCells.js';
import { withPlan } from './withPlan.js';

/** @see {@link RumStore.visitors} */
export function visitors(source: Source, range: TimeRange, pseudonyms: Pseudonyms): Promise<VisitorCount> {
  return withPlan(source, range, {}, async (plan, { since }) => {
    const { app } = range;
    const from = Math.ceil(range.from);
    const to = Math.ceil(range.to);
    const oneDay = Math.floor(from / GRAIN_MS.day) === Math.floor((to - 1) / GRAIN_MS.day);
    if (oneDay && from >= since.raw) {
      return { n: await countVisitors(source.client, app, { begins: from, ends: to }), exact: true };
    }
    if (pseudonyms === 'daily') return countDays(source, app, plan, since.raw);
    const cells: Cells = new Map();
    await addRollups(source, app, plan, cells, 'visitor');
    await addRawVisitors(source, app, plan, cells);
    return { n: countOf(cellOf(cells, 'visitor', '')), exact: false };
  });
}

/** Pseudonyms of one day are none of another's, so that the visitors of days add up. */
async function countDays(
  source: Source,
  app: string,
  plan: readonly Segment[],
  rawSince: number,
): Promise<VisitorCount> {
  const whole = plan.filter((segment) => segment.source === 'day');
  const sums = await sumRollups(source, app, whole, GRAIN_MS.day, ['visitor']);
  let n = sums.reduce((sum, row) => sum + row.n, 0);
  let exact = true;
  for (const [day, segments] of byDay(plan.filter((segment) => segment.source !== 'day'))) {
    const [begins, ends] = [segments[0]?.begins ?? day, segments.at(-1)?.ends ?? day];
    if (begins >= rawSince) {
      n += await countVisitors(source.client, app, { begins, ends });
      continue;
    }
    const cells: Cells = new Map();
    await addRollups(source, app, segments, cells, 'visitor');
    n += countOf(cellOf(cells, 'visitor', ''));
    exact = false;
  }
  return { n, exact };
}

/** Cuts segments at midnight. */
function byDay(segments: readonly Segment[]): ReadonlyMap<number, readonly Segment[]> {
  const days = new Map<number, Segment[]>();
  for (const { source, begins, ends } of segments) {
    for (let at = begins; at < ends; ) {
      const day = Math.floor(at / GRAIN_MS.day) * GRAIN_MS.day;
      const end = Math.min(ends, day + GRAIN_MS.day);
      const ofDay = days.get(day) ?? [];
      ofDay.push({ source, begins: at, ends: end });
      days.set(day, ofDay);
      at = end;
    }
  }
  return days;
}
