import type { RequestTemplate } from '../../../analysis/requests/requestKey.js';
import { CALL_INITIATORS, type Call, slowestCall, slowFrom } from '../../../analysis/requests/slowCall.js';
import { dataOf } from '../latest/readEvents.js';
import { rowsWithin } from '../partitions/rowsWithin.js';
import { queryList } from '../rollup/rawReads.js';
import { type Span, spanSql } from '../rollup/rawSpans.js';
import type { Source } from '../rollup/rollupCells.js';
import { spread } from '../spread.js';
import { joinSql, sql } from '../sql.js';

/** A view, when it began (epoch ms), and how long it took until its vital of loading (ms). */
export interface LoadedView {
  readonly id: string;
  readonly t: number;
  readonly value: number;
}

/** Views of one statement: with some tens of files each, as many events as hold nobody up. */
const CHUNK = 250;
/** Most events of one statement that are told of: what is slow is rare. */
const MOST_CALLS = 5000;
/** No view is waited for longer, ms: a page that was hidden meanwhile says nothing of its calls. */
const LONGEST = 60_000;

const INITIATORS = joinSql(
  CALL_INITIATORS.map((initiator) => sql`${initiator}`),
  ', ',
);

/**
 * Which call slowed which view. An event tells of its view only in its row, so that what is read are the events of the time
 * until each view had its vital.
 *
 * @param usual What the vital usually is, ms.
 * @param deadline Of `performance.now()`, after which no more are read.
 * @returns By id, of all views that were looked at: null where no call was slow.
 */
export async function slowCalls(
  source: Source,
  app: string,
  views: readonly LoadedView[],
  usual: number,
  deadline: number,
): Promise<ReadonlyMap<string, RequestTemplate | null>> {
  const looked = new Map<string, RequestTemplate | null>();
  const inOrder = views.filter(({ value }) => value <= LONGEST).sort((one, other) => one.t - other.t);
  const [first, last] = [inOrder[0], inOrder.at(-1)];
  if (first === undefined || last === undefined) return looked;
  const { ids } = await rowsWithin(source, 'events', { app, from: first.t, to: last.t + LONGEST });
  const chunks = Array.from({ length: Math.ceil(inOrder.length / CHUNK) }, (_, place) =>
    inOrder.slice(place * CHUNK, (place + 1) * CHUNK),
  );
  for (const chunk of spread(chunks)) {
    if (performance.now() >= deadline) break;
    const calls = await readCalls(source, app, chunk, usual, ids);
    for (const view of chunk) looked.set(view.id, slowestCall(view, usual, calls.get(view.id) ?? []));
  }
  return looked;
}

type CallTuple = readonly [viewId: string, occurredAt: number, name: string, duration: number, data: string];

/** Calls that could be slow in one of some views, by the id of the view. */
async function readCalls(
  { client, dialect }: Source,
  app: string,
  views: readonly LoadedView[],
  usual: number,
  ids: Awaited<ReturnType<typeof rowsWithin>>['ids'],
): Promise<ReadonlyMap<string, readonly Call[]>> {
  const spans = spansOf(views);
  const least = Math.min(...views.map(({ value }) => slowFrom(value, usual)));
  const [begins, ends] = [spans[0]?.begins ?? 0, spans.at(-1)?.ends ?? 0];
  const within = spanSql(dialect, spans);
  const isCall = sql`app = ${app} AND type = 'resource' AND occurred_at >= ${within.begins} AND occurred_at < ${within.ends}
    ${ids(begins, ends)} AND duration >= ${least} AND ${dialect.memberOf(sql`data`, 'initiator')} IN (${INITIATORS})`;
  const rows = await queryList<CallTuple>(
    client,
    dialect,
    sql`view_id, occurred_at, name, duration, data`,
    sql`FROM (
      SELECT view_id, occurred_at, name, duration, data ${within.rows(sql`rum_event`, isCall)} LIMIT ${BigInt(MOST_CALLS)}
    ) AS calls`,
  );
  const calls = new Map<string, Call[]>();
  for (const [viewId, occurredAt, name, duration, data] of rows) {
    const own = calls.get(viewId) ?? [];
    calls.set(viewId, own);
    own.push({ name, occurredAt, duration, said: dataOf({ data }) });
  }
  return calls;
}

/** The times in which views waited, in order, those that overlap as one. */
function spansOf(views: readonly LoadedView[]): Span[] {
  const spans: Span[] = [];
  for (const { t, value } of views) {
    const ends = t + Math.ceil(value) + 1;
    const before = spans.at(-1);
    if (before !== undefined && t <= before.ends)
      spans[spans.length - 1] = { begins: before.begins, ends: Math.max(before.ends, ends) };
    else spans.push({ begins: t, ends });
  }
  return spans;
}
