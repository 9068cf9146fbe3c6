import { hasNames, namesIn } from '../../../analysis/insights/namesIn.js';
import type { WatchedMetric } from '../../../analysis/insights/watchedIncident.js';
import { GRAIN_MS } from '../../rollup/grains.js';
import { type CalledSamples, type LoadedSample, withCalls } from '../requests/withCalls.js';
import { vitalValue } from '../rollup/countedViews.js';
import { readSince } from '../rollup/knowledge.js';
import { queryList } from '../rollup/rawReads.js';
import type { Source } from '../rollup/rollupCells.js';
import { constantSql, sql } from '../sql.js';
import { idsOfErrorViews } from './errorViews.js';

/** Views that a cause is told from, of the incident and of the time before it. */
const MOST_SAMPLES = 20_000;
/** Of one statement, so that none holds everybody up. */
const CHUNK = 5000;
/** How many days before are looked at. */
const DAYS_BEFORE = 14;
/** After which what was read has to do, ms. */
const PATIENCE = 4000;

const DIMENSIONS = ['route', 'country', 'device', 'browser', 'connection', 'release'] as const;

export interface Judged {
  readonly app: string;
  readonly metric: WatchedMetric;
  /** Of vitals, what is too much. */
  readonly threshold: number | null;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** The latest views of an incident, and those of the same hours of the days before it, 20,000 of each at most. */
export async function readSamples(
  source: Source,
  judged: Judged,
  { from, to }: Span,
): Promise<CalledSamples> {
  const deadline = performance.now() + PATIENCE;
  const { raw: kept } = await readSince(source.client);
  const now = await readBackwards(source, judged, { from: Math.max(from, kept), to }, MOST_SAMPLES, deadline);
  const first = now.length < MOST_SAMPLES ? from : (now.at(-1)?.t ?? from);
  const before: LoadedSample[] = [];
  for (const span of spansBefore({ from: first, to }, from)) {
    const room = MOST_SAMPLES - before.length;
    if (room === 0 || span.to <= kept) break;
    const part = { from: Math.max(span.from, kept), to: span.to };
    before.push(...(await readBackwards(source, judged, part, room, deadline + PATIENCE)));
  }
  // Of other vitals none is waited for by calls: TTFB is before any of them.
  if (judged.metric !== 'lcp' || judged.threshold === null) return { now, before, calls: new Map() };
  return withCalls(source, judged.app, { now, before }, judged.threshold, PATIENCE);
}

/** The same hours of the days before something began; the whole days where it has lasted for longer than one. */
function spansBefore({ from, to }: Span, began: number): Span[] {
  if (to - from >= GRAIN_MS.day) return [{ from: began - DAYS_BEFORE * GRAIN_MS.day, to: began }];
  return Array.from({ length: DAYS_BEFORE }, (_, day) => ({
    from: from - (day + 1) * GRAIN_MS.day,
    to: Math.min(began, to - (day + 1) * GRAIN_MS.day),
  }));
}

async function readBackwards(
  source: Source,
  judged: Judged,
  { from, to }: Span,
  most: number,
  deadline: number,
): Promise<LoadedSample[]> {
  const samples: LoadedSample[] = [];
  for (let ends = to; ends > from && samples.length < most && performance.now() < deadline; ) {
    const wanted = Math.min(CHUNK, most - samples.length);
    const chunk = await readChunk(source, judged, { from, to: ends }, wanted);
    samples.push(...chunk);
    const last = chunk.at(-1);
    if (chunk.length < wanted || last === undefined) break;
    // Of the moment that a chunk ends in, what did not fit is left out.
    ends = last.t;
  }
  return samples;
}

type Tuple = readonly [
  id: string,
  startedAt: number,
  value: number | null,
  attribution: string | null,
  ...values: (string | null)[],
];

async function readChunk(
  source: Source,
  { app, metric, threshold }: Judged,
  { from, to }: Span,
  limit: number,
): Promise<readonly LoadedSample[]> {
  const { client, dialect } = source;
  const isVital = metric !== 'errors' && metric !== 'traffic' && metric !== 'silence';
  const value = isVital ? vitalValue(metric) : sql`NULL`;
  const told = hasNames(metric) ? sql`attribution` : sql`NULL`;
  const rows = await queryList<Tuple>(
    client,
    dialect,
    sql`id, started_at, value, told, ${constantSql(DIMENSIONS.join(', '))}`,
    sql`FROM (
      SELECT id, started_at, ${value} AS value, ${told} AS told,
        ${constantSql(DIMENSIONS.join(', '))} FROM rum_view
      WHERE app = ${app} AND started_at >= ${BigInt(from)} AND started_at < ${BigInt(to)}
        AND ${isVital ? sql`${value} IS NOT NULL` : sql`true`}
      ORDER BY started_at DESC, id DESC LIMIT ${BigInt(limit)}
    ) AS latest`,
  );
  const first = rows.at(-1)?.[1] ?? from;
  const failed = metric === 'errors' ? await idsOfErrorViews(source, app, first, to + GRAIN_MS.hour) : null;
  return rows.map(([id, t, own, attribution, ...values]) => ({
    id,
    t,
    value: own,
    isOver: failed === null ? own !== null && own > (threshold ?? Number.POSITIVE_INFINITY) : failed.has(id),
    values: Object.fromEntries(
      [
        ...DIMENSIONS.map((dimension, place) => [dimension, values[place] ?? ''] as const),
        ...Object.entries(namesIn(attribution, metric)),
      ].filter(([, text]) => text !== ''),
    ),
  }));
}
