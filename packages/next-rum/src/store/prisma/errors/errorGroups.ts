import type { ErrorCount, ErrorGroup, ErrorGroups, Told } from '../../errorStore.js';
import { OTHER } from '../../filters.js';
import { GRAIN_MS } from '../../rollup/grains.js';
import type { ViewRange } from '../../store.js';
import { allOf, whereKept } from '../rawParts.js';
import { queryList } from '../rollup/rawReads.js';
import type { Source } from '../rollup/rollupCells.js';
import { BUCKETS } from '../rollup/rollupTables.js';
import { sql } from '../sql.js';
import { countErrors } from './countedErrors.js';
import { addError, capTallies, countsOf, ranked, seriesOf, type Tallies, totalsOf } from './errorTally.js';
import { latestErrors } from './latestErrors.js';
import { eachMatchingError } from './matchingErrors.js';
import { countOnly, knownBefore, type OnlyGroups } from './singleGroups.js';
import { errorTeller, type ToldError, titleOf } from './toldErrors.js';

/** What single events say of a group. */
type Called = Pick<ToldError, 'name' | 'message' | 'stack' | 'occurredAt'>;

interface Look {
  /** The latest one, which the group is called by. */
  latest: Called;
  readonly visitors: Set<string>;
  readonly routes: Set<string>;
}

type Looks = Map<string, Look>;

/** @see {@link RumStore.errorGroups} */
export async function errorGroups(
  source: Source,
  range: ViewRange,
  stepMs: number,
  limit: number,
): Promise<ErrorGroups> {
  const { tallies, looks, told, known } = await (hasFilters(range)
    ? matchingGroups(source, range, stepMs, limit)
    : countedGroups(source, range, stepMs, limit));
  const shown = ranked(tallies).slice(0, limit);
  const unseen = shown.filter(([fingerprint]) => !looks.has(fingerprint) && fingerprint !== OTHER);
  await lookAt(
    source,
    range.app,
    looks,
    unseen.map(([, { seen }]) => seen.last),
  );
  const events = [...tallies.values()].reduce((sum, tally) => sum + tally.events, 0);
  const groups = shown.map(([fingerprint, tally]): ErrorGroup => {
    const look = looks.get(fingerprint);
    return {
      ...totalsOf(fingerprint, tally, fingerprint !== OTHER && !known.has(fingerprint)),
      title: look === undefined ? null : titleOf(look.latest),
      name: look?.latest.name ?? null,
      visitors: look?.visitors.size ?? 0,
      routes: look?.routes.size ?? 0,
    };
  });
  return { events, series: seriesOf(tallies), groups, told };
}

/** @see {@link RumStore.errorCounts} */
export async function errorCounts(
  source: Source,
  range: ViewRange,
  limit: number,
  only: readonly string[] | null = null,
): Promise<readonly ErrorCount[]> {
  if (only !== null) return countsOfOnly(source, range, only);
  if (!hasFilters(range)) return countsOf(await countErrors(source, range, GRAIN_MS.day), limit);
  const { tallies } = await matchingErrors(source, range, GRAIN_MS.day);
  return countsOf(tallies, limit);
}

async function countsOfOnly(
  source: Source,
  range: ViewRange,
  only: readonly string[],
): Promise<readonly ErrorCount[]> {
  const { tallies, isAll } = await (hasFilters(range)
    ? matchingOnly(source, range, only)
    : countOnly(source, range, GRAIN_MS.day, only));
  return only.flatMap((fingerprint) => {
    const events = tallies.get(fingerprint)?.events ?? (isAll ? 0 : null);
    return events === null ? [] : [{ fingerprint, events }];
  });
}

function matchingOnly(source: Source, range: ViewRange, only: readonly string[]): Promise<OnlyGroups> {
  const wanted = new Set(only);
  return whereKept(source, range, async (kept) => {
    const tallies: Tallies = new Map();
    await eachMatchingError(source, kept, GRAIN_MS.day, (error, _, times) => {
      if (!wanted.has(error.fingerprint)) return;
      addError(tallies, { ...error, count: times * error.count }, GRAIN_MS.day);
    });
    return { tallies, isAll: true };
  });
}

export function hasFilters({ where = [] }: ViewRange): boolean {
  return where.length > 0;
}

interface Found {
  readonly tallies: Tallies;
  readonly looks: Looks;
  readonly told: Told;
}

interface Groups extends Found {
  /** Of the groups that are shown those that were there before. */
  readonly known: ReadonlySet<string>;
}

async function countedGroups(
  source: Source,
  range: ViewRange,
  stepMs: number,
  limit: number,
): Promise<Groups> {
  const count = async (): Promise<Pick<Groups, 'tallies' | 'known'>> => {
    const tallies = await countErrors(source, range, stepMs);
    return { tallies, known: await knownOf(source, range, tallies, limit) };
  };
  const [{ tallies, known }, { errors, told }] = await allOf([count(), latestErrors(source, range)]);
  const looks: Looks = new Map();
  for (const error of errors) addLook(looks, error);
  return { tallies, looks, told, known };
}

async function matchingGroups(
  source: Source,
  range: ViewRange,
  stepMs: number,
  limit: number,
): Promise<Groups> {
  const found = await matchingErrors(source, range, stepMs);
  return { ...found, known: await knownOf(source, range, found.tallies, limit) };
}

function knownOf(
  source: Source,
  range: ViewRange,
  tallies: Tallies,
  limit: number,
): Promise<ReadonlySet<string>> {
  const shown = ranked(tallies).slice(0, limit);
  return knownBefore(
    source,
    range,
    shown.map(([fingerprint]) => fingerprint),
  );
}

function matchingErrors(source: Source, range: ViewRange, stepMs: number): Promise<Found> {
  return whereKept(source, range, async (kept) => {
    const tallies: Tallies = new Map();
    const looks: Looks = new Map();
    let events = 0;
    const oneIn = await eachMatchingError(source, kept, stepMs, (error, _, times) => {
      events += error.count;
      addError(tallies, { ...error, count: times * error.count }, stepMs);
      addLook(looks, error);
      if (capTallies(tallies)) for (const name of looks.keys()) if (!tallies.has(name)) looks.delete(name);
    });
    return { tallies, looks, told: { events, since: kept.from, complete: oneIn === 1 } };
  });
}

function addLook(looks: Looks, error: ToldError): void {
  const look = looks.get(error.fingerprint) ?? { latest: error, visitors: new Set(), routes: new Set() };
  if (error.occurredAt > look.latest.occurredAt) look.latest = error;
  look.visitors.add(error.visitor);
  look.routes.add(error.route);
  looks.set(error.fingerprint, look);
}

/** Most events that are looked at for the titles of groups. */
const MAX_LOOKS = 5000;

/** Finds out what groups are called, by the moments of their last events. */
async function lookAt(source: Source, app: string, looks: Looks, moments: readonly number[]): Promise<void> {
  if (moments.length === 0) return;
  const { client, dialect } = source;
  const at = dialect.rowsOf(
    BUCKETS,
    [...new Set(moments)].map((bucket) => ({ bucket })),
  );
  const rows = await queryList<readonly [string, string | null, number]>(
    client,
    dialect,
    sql`name, data, occurred_at`,
    sql`FROM (
      SELECT name, data, occurred_at
      ${dialect.searchEach(at, sql`rum_event`, sql`app = ${app} AND occurred_at = bucket AND type = 'error'`)}
      LIMIT ${BigInt(MAX_LOOKS)}
    ) AS looked`,
  );
  const tell = errorTeller();
  for (const [name, data, occurredAt] of rows) {
    const { fingerprint, message, stack } = tell({ name, data });
    if (looks.has(fingerprint)) continue;
    const latest = { name, message, stack, occurredAt };
    looks.set(fingerprint, { latest, visitors: new Set(), routes: new Set() });
  }
}
