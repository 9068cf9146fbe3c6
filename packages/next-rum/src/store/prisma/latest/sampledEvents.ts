import type { SampledEvents, StoredEvent } from '../../latestStore.js';
import { GRAIN_MS } from '../../rollup/grains.js';
import type { EventRow } from '../../rows.js';
import type { ViewRange } from '../../store.js';
import { type RowsWithin, rowsWithin } from '../partitions/rowsWithin.js';
import { allOf } from '../rawParts.js';
import { readAhead } from '../readAhead.js';
import { readSince } from '../rollup/knowledge.js';
import { countEvents } from '../rollup/rawReads.js';
import type { Span } from '../rollup/rawSpans.js';
import { rawOf, type Source, sumRollups } from '../rollup/rollupCells.js';
import { withPlan } from '../rollup/withPlan.js';
import { spread } from '../spread.js';
import { latestEvents } from './latestEvents.js';
import { latestFirst, readEvents, readMatching } from './readEvents.js';

/** Events that are told of where there are more: some 20 µs each, a twentieth of a second. */
const MOST = 3000;
/** The same where they have to be looked for among others: five to ten times as much. */
const ENOUGH = 1500;
/** Up to so many all are looked at for the sake of those that filters let through. */
const MOST_FILTERED = 60_000;
/** Events that follow each other; those of one moment are alike, but a statement for each would take too long. */
const RUN = 150;
/** The same where they are looked through for those that filters let through. */
const FILTERED_RUN = 250;
/** Most runs that are looked at for the sake of those that filters let through. */
const MOST_RUNS = 240;
/** After which what was found has to do, ms. */
const PATIENCE = 1500;

/**
 * All events of some types or, where there are too many, runs of them from all over the range: as many of each stretch of time
 * as its share of all, which rollups know.
 */
export async function sampledEvents(
  source: Source,
  range: ViewRange,
  types: readonly EventRow['type'][],
): Promise<SampledEvents> {
  const isFiltered = (range.where ?? []).length > 0;
  const { raw: kept } = await readSince(source.client);
  const asked = { ...range, from: Math.max(Math.ceil(range.from), kept), to: Math.ceil(range.to) };
  const [hours, rows] = await allOf([
    asked.from < asked.to ? hoursOf(source, asked, types) : Promise.resolve([]),
    rowsWithin(source, 'events', asked),
  ]);
  const of = hours.reduce((sum, { events }) => sum + events, 0);
  if (of <= (isFiltered ? MOST_FILTERED : MOST)) {
    const { events, told } = await latestEvents(source, range, types, MOST_FILTERED);
    return { events, told: { ...told, of: null } };
  }
  const count = isFiltered ? Math.min(MOST_RUNS, Math.ceil(of / FILTERED_RUN)) : MOST / RUN;
  const found: StoredEvent[] = [];
  const began = performance.now();
  const runs = readAhead(spread(partsOf(hours, of, count, asked)), (span) =>
    readRun(source, range, types, span, rows.ids),
  );
  for await (const run of runs) {
    found.push(...run);
    if (found.length >= (isFiltered ? ENOUGH : MOST) || performance.now() - began > PATIENCE) break;
  }
  const events = found.sort(latestFirst).slice(0, MOST);
  return { events, told: { events: events.length, of, since: asked.from, complete: false } };
}

async function readRun(
  source: Source,
  range: ViewRange,
  types: readonly EventRow['type'][],
  span: Span,
  ids: RowsWithin['ids'],
): Promise<readonly StoredEvent[]> {
  const within = ids(span.begins, span.ends);
  if ((range.where ?? []).length > 0) {
    return readMatching(source, range, types, { span, ids: within, limit: FILTERED_RUN });
  }
  const run = readEvents(source, range.app, types, [span], within, RUN);
  const { value } = await run.next();
  await run.return(undefined);
  return value ?? [];
}

interface Hour {
  readonly hour: number;
  readonly events: number;
}

/** By time. */
async function hoursOf(
  source: Source,
  range: ViewRange,
  types: readonly EventRow['type'][],
): Promise<readonly Hour[]> {
  return withPlan(source, range, { step: GRAIN_MS.hour }, async (plan) => {
    const { client, dialect } = source;
    const [rolledUp, raw] = await allOf([
      sumRollups(source, range.app, plan, GRAIN_MS.hour, ['event'], types),
      countEvents(client, dialect, range.app, rawOf(plan), GRAIN_MS.hour),
    ]);
    const hours = new Map<number, number>();
    const add = (type: string, hour: number, n: number): void => {
      if (types.some((wanted) => wanted === type)) hours.set(hour, (hours.get(hour) ?? 0) + n);
    };
    for (const { bucket, value, n } of rolledUp) add(value, bucket, n);
    for (const { bucket, type, n } of raw) add(type, bucket, n);
    return [...hours].sort(([a], [b]) => a - b).map(([hour, events]) => ({ hour, events }));
  });
}

/** Cuts a range into so many parts that have as many events each, as if those of an hour were spread evenly in it. */
function partsOf(
  hours: readonly Hour[],
  of: number,
  count: number,
  { from, to }: { readonly from: number; readonly to: number },
): readonly Span[] {
  const borders: number[] = [from];
  let passed = 0;
  for (const { hour, events } of hours) {
    const [begins, ends] = [Math.max(hour, from), Math.min(hour + GRAIN_MS.hour, to)];
    while (borders.length < count && (borders.length * of) / count <= passed + events) {
      const share = ((borders.length * of) / count - passed) / events;
      borders.push(Math.round(begins + share * (ends - begins)));
    }
    passed += events;
  }
  return borders.map((begins, place) => ({ begins, ends: borders[place + 1] ?? to }));
}
