import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import { createSiteWatcher } from '../../../analysis/detectors/createSiteWatcher.js';
import { type SegmentCounts, segmentKey } from '../../../analysis/detectors/segment.js';
import type { SiteWatcher, SiteWatcherState } from '../../../analysis/detectors/siteWatcher.js';
import { WATCHED_VITALS } from '../../../analysis/insights/watchedIncident.js';
import { GRAIN_MS } from '../../rollup/grains.js';
import {
  createSegmentChoice,
  type SegmentChoice,
  type SegmentChoiceState,
} from '../../watch/segmentChoice.js';
import type { WatchProgress } from '../../watchStore.js';
import type { SqlRunner } from '../client.js';
import { execute, queryRows, sql } from '../sql.js';
import type { StoredRow } from '../tables.js';

/** What is known of an app so far. */
export interface Known {
  readonly watcher: SiteWatcher;
  readonly choice: SegmentChoice;
}

interface WrittenState {
  readonly version: 1;
  readonly watcher: SiteWatcherState;
  readonly choice: SegmentChoiceState;
}

const deflated = promisify(deflate);
const inflated = promisify(inflate);
/** Of a text that is to be read, bytes. */
const LARGEST = 64 * 2 ** 20;

export function knowNothing(timeZone: string): Known {
  return { watcher: watcherOf(timeZone), choice: createSegmentChoice() };
}

function watcherOf(timeZone: string, state?: SiteWatcherState): SiteWatcher {
  const options = { timeZone, step: GRAIN_MS.hour, metrics: WATCHED_VITALS };
  return createSiteWatcher(state === undefined ? options : { ...options, state });
}

/** As text; what is saved is read back as it was. */
export async function writeKnown({ watcher, choice }: Known): Promise<string> {
  const state: WrittenState = { version: 1, watcher: watcher.save(), choice: choice.save() };
  return (await deflated(JSON.stringify(state))).toString('base64');
}

/** @throws Error where the text is none of {@link writeKnown}, or one of another version. */
export async function readKnown(text: string, timeZone: string): Promise<Known> {
  const json = await inflated(Buffer.from(text, 'base64'), { maxOutputLength: LARGEST });
  const state = JSON.parse(json.toString()) as WrittenState;
  if (state.version !== 1) throw new RangeError(`RUM: the state is of version ${state.version}`);
  return { watcher: watcherOf(timeZone, state.watcher), choice: createSegmentChoice(state.choice) };
}

/** Forgets segments that are not watched any more, but for those in which something is wrong. */
export function forgetOthers({ watcher, choice }: Known, timeZone: string): Known {
  const { dimensions } = choice.save();
  const kept = new Set([segmentKey({}), ...watcher.open().map(({ where }) => segmentKey(where))]);
  for (const [dimension, { watched }] of Object.entries(dimensions))
    for (const value of watched)
      kept.add(segmentKey({ [dimension]: value } satisfies SegmentCounts['where']));
  const state = watcher.save();
  const metrics = Object.fromEntries(
    Object.entries(state.metrics).map(([metric, { own, segments }]) => [
      metric,
      { own, segments: Object.fromEntries(Object.entries(segments).filter(([key]) => kept.has(key))) },
    ]),
  );
  return { watcher: watcherOf(timeZone, { ...state, metrics }), choice };
}

export interface WatchRow extends WatchProgress {
  readonly app: string;
  /** Why watching began anew, and when (epoch ms). */
  readonly note: string | null;
  readonly notedAt: number | null;
}

/** How far apps are watched, all or one. */
export async function watchRows(runner: SqlRunner, app: string | null = null): Promise<readonly WatchRow[]> {
  const rows = await queryRows<StoredRow>(
    runner,
    sql`SELECT app, watched_since, watched_until, time_zone, note, noted_at FROM rum_watch
      WHERE ${app === null ? sql`true` : sql`app = ${app}`}`,
  );
  return rows.map((row) => ({
    app: String(row.app),
    since: Number(row.watched_since),
    until: Number(row.watched_until),
    timeZone: String(row.time_zone),
    note: row.note === null || row.note === undefined ? null : String(row.note),
    notedAt: row.noted_at === null || row.noted_at === undefined ? null : Number(row.noted_at),
  }));
}

/** @see {@link WatchStore.watchProgress} */
export async function watchProgress(runner: SqlRunner, app: string): Promise<WatchProgress | null> {
  const [row] = await watchRows(runner, app);
  return row === undefined ? null : { since: row.since, until: row.until, timeZone: row.timeZone };
}

export async function stateTextOf(runner: SqlRunner, app: string): Promise<string> {
  const [row] = await queryRows<StoredRow>(runner, sql`SELECT state FROM rum_watch WHERE app = ${app}`);
  return String(row?.state ?? '');
}

/** Writes how far an app is watched, in the place of what was there. */
export async function writeWatch(
  runner: SqlRunner,
  { app, since, until, timeZone, note, notedAt }: WatchRow,
  state: string,
): Promise<void> {
  const noted = note === null ? sql`NULL, NULL` : sql`${note}, ${BigInt(notedAt ?? 0)}`;
  await execute(
    runner,
    sql`INSERT INTO rum_watch (app, watched_since, watched_until, time_zone, state, note, noted_at)
      VALUES (${app}, ${BigInt(since)}, ${BigInt(until)}, ${timeZone}, ${state}, ${noted})
      ON CONFLICT (app) DO UPDATE SET watched_since = excluded.watched_since, watched_until = excluded.watched_until,
        time_zone = excluded.time_zone, state = excluded.state, note = excluded.note, noted_at = excluded.noted_at`,
  );
}
