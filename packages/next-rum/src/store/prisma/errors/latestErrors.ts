import type { Told } from '../../errorStore.js';
import { type Dimension, OTHER } from '../../rollup/cells.js';
import { bucketOf, GRAIN_MS } from '../../rollup/grains.js';
import type { Segment } from '../../rollup/planRange.js';
import type { TimeRange } from '../../store.js';
import { readSince } from '../rollup/knowledge.js';
import { queryList } from '../rollup/rawReads.js';
import type { Span } from '../rollup/rawSpans.js';
import { rawOf, rollupRows, type Source } from '../rollup/rollupCells.js';
import { withPlan } from '../rollup/withPlan.js';
import { sql } from '../sql.js';
import { errorSpans } from './errorSpans.js';
import { readErrors } from './readErrors.js';
import { errorTeller, type ToldError } from './toldErrors.js';

/** Most events that are told of: some 30 µs each, of the list of groups, and of one group. */
export const MAX_TOLD = { all: 1000, one: 2000 } as const;
/** Most error events that are read for the sake of one group. */
const MAX_READ = 10_000;
/** Most events of any kind among which errors are looked for. */
const MAX_PASSED = 500_000;

/** The latest errors of a range, and from when on those are all there were. */
export interface Latest {
  readonly errors: readonly ToldError[];
  readonly told: Told;
}

/**
 * The latest events of a range, of all groups or one: those of whole hours, as far back as {@link MAX_TOLD} of them, or
 * {@link MAX_READ} and {@link MAX_PASSED} of others, reach. Rollups tell in which hours there are any.
 */
export async function latestErrors(
  source: Source,
  range: TimeRange,
  only: string | null = null,
): Promise<Latest> {
  const { raw: kept } = await readSince(source.client);
  const asked = Math.ceil(range.from);
  const [from, to] = [Math.max(asked, kept), Math.ceil(range.to)];
  if (from >= to) return told([], to, false);
  return withPlan(source, { ...range, from }, { step: GRAIN_MS.hour }, async (plan) => {
    const tell = errorTeller();
    const errors: ToldError[] = [];
    const most = only === null ? MAX_TOLD.all : MAX_TOLD.one;
    let read = 0;
    let reached = to;
    const { spans, isAll } = runsOf(await hoursOf(source, range.app, plan, only), from, to);
    for (const span of spans) {
      for await (const rows of readErrors(source, range.app, span)) {
        for (const row of rows) {
          if (errors.length === most || read === MAX_READ) return told(errors, reached, false);
          read += 1;
          reached = row.occurredAt;
          const error = tell(row);
          if (only === null || error.fingerprint === only) errors.push(error);
        }
      }
      reached = span.begins;
    }
    if (!isAll) return told(errors, reached, false);
    return told(errors, from, from === asked);
  });
}

interface Hour {
  readonly hour: number;
  /** Of any kind. */
  readonly events: number;
}

/** Hours that follow each other as one span, the latest first, as far back as not too many events are passed. */
function runsOf(
  hours: readonly Hour[],
  from: number,
  to: number,
): { readonly spans: readonly Span[]; readonly isAll: boolean } {
  const spans: { begins: number; ends: number }[] = [];
  let passed = 0;
  for (const { hour, events } of hours) {
    if (passed > 0 && passed + events > MAX_PASSED) return { spans, isAll: false };
    passed += events;
    const [begins, ends] = [Math.max(hour, from), Math.min(hour + GRAIN_MS.hour, to)];
    const last = spans.at(-1);
    if (last?.begins === ends) last.begins = begins;
    else spans.push({ begins, ends });
  }
  return { spans, isAll: true };
}

function told(errors: readonly ToldError[], since: number, complete: boolean): Latest {
  return {
    errors,
    told: { events: errors.reduce((sum, { count }) => sum + count, 0), since, complete },
  };
}

/** The hours in which there are such errors, the latest first, with how many events of any kind they have. */
async function hoursOf(
  source: Source,
  app: string,
  plan: readonly Segment[],
  only: string | null,
): Promise<readonly Hour[]> {
  const { client, dialect } = source;
  // Where a group is among the rarest ones of its time, it is counted with them.
  const wanted = only === null ? sql`` : sql`AND (dimension = 'event' OR value IN (${only}, ${OTHER}))`;
  const dimensions = only === null ? (['event'] as const) : (['event', 'error'] as const);
  const counts = await queryList<readonly [number, Dimension, string, number]>(
    client,
    dialect,
    sql`hour, dimension, value, n`,
    sql`FROM (
      SELECT bucket - bucket % ${BigInt(GRAIN_MS.hour)} AS hour, dimension, value, sum(n) AS n
      ${rollupRows(dialect, app, plan, dimensions, wanted)} GROUP BY 1, 2, 3
    ) AS counts`,
  );
  const events = new Map<number, number>();
  const hours = new Set<number>();
  for (const [hour, dimension, value, n] of counts) {
    if (dimension === 'event') events.set(hour, (events.get(hour) ?? 0) + n);
    if (dimension === 'error' || (only === null && value === 'error')) hours.add(hour);
  }
  for (const { begins, ends } of await errorSpans(source, app, rawOf(plan))) {
    for (let hour = bucketOf(begins, 'hour'); hour < ends; hour += GRAIN_MS.hour) hours.add(hour);
  }
  return [...hours].sort((a, b) => b - a).map((hour) => ({ hour, events: events.get(hour) ?? 0 }));
}
