import type { Comparison } from '../../store/comparisonStore.js';
import type { KeptFindings } from '../../store/findingStore.js';
import type { RumStore, ViewRange } from '../../store/store.js';
import type { Trends } from '../../store/trendStore.js';

const HOUR = 3_600_000;
/** Of what is kept, ms. It is made anew every 15 minutes; where nothing runs between requests, what is asked for is looked for. */
const OLDEST = HOUR;

/** Something that was found, and when. */
export interface Found<What> {
  readonly found: What;
  /** Epoch ms. */
  readonly madeAt: number;
}

/** What the latest releases and flags of a range changed: what is kept, where that is what is asked for. */
export async function foundComparisons(
  store: RumStore,
  range: ViewRange,
  now: number,
): Promise<Found<readonly Comparison[]>> {
  const isOfAll = (range.where ?? []).length === 0;
  const kept = isOfAll && range.to > now ? await freshFindings(store, range.app, now) : null;
  if (kept === null || range.from < kept.from) return { found: await store.comparisons(range), madeAt: now };
  // Of a release that came up before, nothing is new in the range.
  const isIn = ({ kind, since }: Comparison): boolean => kind === 'flag' || since + HOUR > range.from;
  return { found: kept.comparisons.filter(isIn), madeAt: kept.madeAt };
}

/** What changed in the whole days of a range: what is kept, where it is of these days. */
export async function foundTrends(
  store: RumStore,
  range: Pick<ViewRange, 'app' | 'from' | 'to'>,
  now: number,
): Promise<Found<Trends>> {
  const kept = await freshFindings(store, range.app, now);
  if (kept === null || kept.trends.until !== range.to)
    return { found: await store.trends(range), madeAt: now };
  return { found: kept.trends, madeAt: kept.madeAt };
}

async function freshFindings(store: RumStore, app: string, now: number): Promise<KeptFindings | null> {
  const kept = await store.findings(app);
  return kept === null || now - kept.madeAt > OLDEST ? null : kept;
}
