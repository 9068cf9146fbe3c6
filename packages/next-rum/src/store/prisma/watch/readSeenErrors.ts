import { isYoung, type SeenError } from '../../../analysis/rules/judgeErrors.js';
import { OTHER } from '../../filters.js';
import { GRAIN_MS } from '../../rollup/grains.js';
import { addSeen, neverSeen, readSeen, type Seen } from '../../rollup/seen.js';
import type { TimeRange } from '../../store.js';
import { countErrors, seenPlace } from '../errors/countedErrors.js';
import { errorSpans } from '../errors/errorSpans.js';
import { ranked, type Tally } from '../errors/errorTally.js';
import { latestErrors } from '../errors/latestErrors.js';
import { readToldErrors, titleOf } from '../errors/toldErrors.js';
import { viewFacts } from '../latest/viewFacts.js';
import { queryList } from '../rollup/rawReads.js';
import { releaseStarts } from '../rollup/releaseStarts.js';
import { rawOf, rollupRows, type Source } from '../rollup/rollupCells.js';
import { NAMES } from '../rollup/rollupTables.js';
import { withPlan } from '../rollup/withPlan.js';
import { sql } from '../sql.js';

/** An error of the last day that may be news, with what is shown of it. */
export interface TalliedError extends SeenError {
  readonly title: string | null;
  readonly lastSeen: number;
  /** Where most of them happened, and in which release; null where none is known. */
  readonly route: string | null;
  readonly release: string | null;
  /** By hour, epoch ms. */
  readonly hours: ReadonlyMap<number, number>;
}

/** Groups that are looked at an hour, most events first. */
const MOST_LOOKED_AT = 200;
/** Of those that were not there in the month before, single events are read. */
const MOST_READ = 20;
/** How long before the day errors are looked for first, and at last: as long as days are kept, ms. */
const LATELY = 30 * GRAIN_MS.day;
const EVER = 396 * GRAIN_MS.day;
/** An app is known after so long, ms: at first everything is new. */
const KNOWN_AFTER = 3 * GRAIN_MS.day;
/** Of releases that came since an error was last seen, the latest. */
const RELEASES = 50;

/**
 * The errors of the day up to a moment that happened at least so often, and are young, or were not there for a day. Those that are rarest at a time are counted together and can't be told.
 */
export async function readSeenErrors(
  source: Source,
  app: string,
  until: number,
  minEvents: number,
): Promise<readonly TalliedError[]> {
  const day = { app, from: until - GRAIN_MS.day, to: until };
  const tallies = await countErrors(source, day, GRAIN_MS.hour);
  const often = ranked(tallies)
    .filter(([name, { events }]) => name !== OTHER && events >= minEvents)
    .slice(0, MOST_LOOKED_AT);
  if (often.length === 0 || !(await isKnown(source, app, day.from))) return [];
  const before = await seenBefore(
    source,
    day,
    often.map(([name]) => name),
  );
  const found: TalliedError[] = [];
  for (const [fingerprint, tally] of often) {
    const earlier = before.get(fingerprint) ?? null;
    const firstEver = earlier?.first ?? tally.seen.first;
    const wasGone = earlier !== null && tally.seen.first - earlier.last >= GRAIN_MS.day;
    if (!wasGone && !isYoung({ firstEver }, until)) continue;
    if (found.length === MOST_READ) break;
    found.push(await describe(source, day, fingerprint, tally, earlier));
  }
  return found;
}

/** How often some errors happened in an hour. */
export async function countOf(
  source: Source,
  app: string,
  t: number,
  fingerprints: readonly string[],
): Promise<number> {
  const tallies = await countErrors(source, { app, from: t, to: t + GRAIN_MS.hour }, GRAIN_MS.hour);
  return fingerprints.reduce((sum, each) => sum + (tallies.get(each)?.events ?? 0), 0);
}

/** Whether there were views some days before. */
async function isKnown(source: Source, app: string, from: number): Promise<boolean> {
  const { client, dialect } = source;
  const range = { app, from: Math.max(0, from - EVER), to: Math.max(0, from - KNOWN_AFTER) };
  return withPlan(source, range, { step: GRAIN_MS.day }, async (plan) => {
    const rows = await queryList<readonly [number]>(
      client,
      dialect,
      sql`bucket`,
      sql`FROM (SELECT bucket ${rollupRows(dialect, app, plan, ['all'])} LIMIT 1) AS found`,
    );
    return rows.length > 0;
  });
}

/** From when until when errors happened before a day; of those of which nothing is kept, nothing. */
async function seenBefore(
  source: Source,
  { app, from }: TimeRange,
  fingerprints: readonly string[],
): Promise<ReadonlyMap<string, Seen>> {
  const lately = { app, from: Math.max(0, from - LATELY), to: from };
  const found = await seenIn(source, lately, fingerprints);
  // Most are known for long, and need not be looked for any further.
  const others = fingerprints.filter((each) => isYoung({ firstEver: found.get(each)?.first ?? from }, from));
  const ever = { app, from: Math.max(0, from - EVER), to: lately.from };
  for (const [name, seen] of await seenIn(source, ever, others)) addSeen(seenOf(found, name), seen);
  return found;
}

async function seenIn(
  source: Source,
  range: TimeRange,
  fingerprints: readonly string[],
): Promise<Map<string, Seen>> {
  const { client, dialect } = source;
  if (fingerprints.length === 0 || range.from >= range.to) return new Map();
  return withPlan(source, range, { step: GRAIN_MS.day }, async (plan) => {
    const names = dialect.rowsOf(
      NAMES,
      fingerprints.map((name) => ({ name })),
    );
    const rows = await queryList<readonly [string, string, string]>(
      client,
      dialect,
      sql`value, first, last`,
      sql`FROM (
        SELECT value, min(${seenPlace('first')}) AS first, max(${seenPlace('last')}) AS last
        ${rollupRows(dialect, range.app, plan, ['error'], sql`AND value IN (SELECT name FROM ${names})`)}
        GROUP BY value
      ) AS sums`,
    );
    const found = new Map(rows.map(([name, first, last]) => [name, readSeen(`${first}${last}`)]));
    const wanted = new Set(fingerprints);
    const spans = await errorSpans(source, range.app, rawOf(plan));
    for await (const errors of readToldErrors(source, range.app, spans))
      for (const { fingerprint, occurredAt } of errors)
        if (wanted.has(fingerprint))
          addSeen(seenOf(found, fingerprint), { first: occurredAt, last: occurredAt });
    return found;
  });
}

function seenOf(found: Map<string, Seen>, name: string): Seen {
  const seen = found.get(name) ?? neverSeen();
  found.set(name, seen);
  return seen;
}

async function describe(
  source: Source,
  day: TimeRange,
  fingerprint: string,
  { events, seen, series }: Tally,
  earlier: Seen | null,
): Promise<TalliedError> {
  const lastBefore = earlier?.last ?? null;
  const { errors } = await latestErrors(source, day, fingerprint);
  const facts = await viewFacts(
    source,
    { app: day.app },
    errors.map(({ viewId }) => viewId),
  );
  const releaseOf = ({ viewId }: { readonly viewId: string }): string | null =>
    facts.get(viewId)?.release ?? null;
  const later = lastBefore === null ? null : await releasesAfter(source, day, lastBefore);
  const inLater = errors.filter((error) => later?.has(releaseOf(error) ?? '') === true);
  const visitorsOf = (of: readonly { readonly visitor: string }[]): number =>
    new Set(of.map(({ visitor }) => visitor)).size;
  const [latest] = errors;
  return {
    fingerprint,
    events,
    visitors: visitorsOf(errors),
    firstSeen: seen.first,
    lastSeen: seen.last,
    firstEver: earlier?.first ?? seen.first,
    lastBefore,
    inLater:
      inLater.length === 0
        ? null
        : { events: inLater.reduce((sum, { count }) => sum + count, 0), visitors: visitorsOf(inLater) },
    title: latest === undefined ? null : titleOf(latest),
    route: mostOf(errors.map(({ route }) => route)),
    release: mostOf(errors.flatMap((error) => releaseOf(error) ?? [])),
    hours: series,
  };
}

/** Releases that came after an error was last seen, and before it was back. */
async function releasesAfter(
  source: Source,
  { app, to }: TimeRange,
  lastBefore: number,
): Promise<ReadonlySet<string>> {
  const starts = await releaseStarts(source, { app, from: lastBefore + 1, to }, GRAIN_MS.hour, RELEASES);
  return new Set(starts.map(({ release }) => release));
}

/** The one that comes most often, of those that come as often the first. */
function mostOf(values: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most?.[0] ?? null;
}
