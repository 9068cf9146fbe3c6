import type { VitalName } from '@rumkit/react-rum/protocol';
import { type Causes, causesOf, type ExplainedView } from '../../analysis/causesOf.js';
import { GRAIN_MS } from '../rollup/grains.js';
import type { ViewRange } from '../store.js';
import { havingValues } from './filters.js';
import { rowsWithin } from './partitions/rowsWithin.js';
import { startedWithin } from './reads.js';
import { vitalValue } from './rollup/countedViews.js';
import { readSince } from './rollup/knowledge.js';
import { queryList } from './rollup/rawReads.js';
import type { Source } from './rollup/rollupCells.js';
import { type Sql, sql } from './sql.js';

/** Read in one go at first, and at most, ms. */
const FIRST_PART = GRAIN_MS.hour;
const LARGEST_PART = GRAIN_MS.day;
/** Few enough that one statement holds nobody up. */
const CHUNK = 2000;
/** After which what was found has to do, ms. */
const PATIENCE = 1500;

/** @see {@link RumStore.causes} */
export async function causes(
  source: Source,
  range: ViewRange,
  metric: VitalName,
  limit: number,
): Promise<Causes> {
  const { raw: kept } = await readSince(source.client);
  const from = Math.max(Math.ceil(range.from), kept);
  const rows = await rowsWithin(source, 'views', { ...range, from });
  const [first, last] = [await rows.next(from), await rows.last(Math.ceil(range.to))];
  if (first === null || last === null) return { ...causesOf(metric, []), since: from };
  const views: ExplainedView[] = [];
  const began = performance.now();
  let to = last + 1;
  let length: number = FIRST_PART;
  while (to > first && views.length < limit && performance.now() - began < PATIENCE) {
    const begins = Math.max(first, to - length);
    const wanted = Math.min(CHUNK, limit - views.length);
    const read = { metric, limit: wanted, ids: rows.ids(begins, to) };
    const latest = await readLatest(source, { ...range, from: begins, to }, read);
    views.push(...latest.map(({ view }) => view));
    const oldest = latest.at(-1);
    // Of the moment that the chunk ends in, what did not fit is left out.
    if (latest.length === wanted && oldest !== undefined) to = oldest.startedAt;
    else {
      to = begins;
      length = Math.min(2 * length, LARGEST_PART);
    }
  }
  const since = to <= first && views.length < limit ? from : to;
  return { ...causesOf(metric, views), since };
}

interface Read {
  readonly startedAt: number;
  readonly view: ExplainedView;
}

async function readLatest(
  { client, dialect }: Source,
  range: ViewRange,
  { metric, limit, ids }: { readonly metric: VitalName; readonly limit: number; readonly ids: Sql },
): Promise<readonly Read[]> {
  // What comes before the first paint is another vital of the same view.
  const told = metric === 'fcp' ? vitalValue('ttfb') : sql`attribution`;
  const rows = await queryList<readonly [startedAt: number, value: number, told: string | number]>(
    client,
    dialect,
    sql`started_at, value, told`,
    sql`FROM (
      SELECT started_at, ${vitalValue(metric)} AS value, ${told} AS told FROM rum_view
      WHERE ${startedWithin(range)} AND ${vitalValue(metric)} IS NOT NULL AND ${told} IS NOT NULL ${havingValues(dialect, range)} ${ids}
      ORDER BY started_at DESC, id DESC LIMIT ${BigInt(limit)}
    ) AS latest`,
  );
  return rows.map(([startedAt, value, said]) => ({
    startedAt,
    view: {
      value,
      attribution:
        typeof said === 'string'
          ? attributionIn(said, metric)
          : { timeToFirstByte: Math.min(said, value), firstByteToFCP: Math.max(0, value - said) },
    },
  }));
}

function attributionIn(json: string, metric: VitalName): ExplainedView['attribution'] {
  try {
    const told: unknown = JSON.parse(json);
    const ofMetric: unknown = typeof told === 'object' && told !== null ? Reflect.get(told, metric) : null;
    return typeof ofMetric === 'object' && ofMetric !== null ? { ...ofMetric } : {};
  } catch {
    // Only what the collector wrote is JSON; whatever else is there explains nothing.
    return {};
  }
}
