import type { WatchedIncident } from '../../../analysis/insights/watchedIncident.js';
import { rulesOf, toldAt } from '../../../analysis/rules/toldAt.js';
import type {
  AlertPlan,
  NoticeKind,
  NoticeOutcome,
  NoticeState,
  NoticeStore,
  StoredNotice,
  ToldIncident,
} from '../../noticeStore.js';
import type { SqlClient, SqlRunner } from '../client.js';
import { execute, queryRows, type Sql, sql } from '../sql.js';
import type { StoredRow } from '../tables.js';

const COLUMNS = sql`app, id, notifier, kind, incident, created_at, due_at, attempts, state, finished_at, error, body`;
const MAX_ERROR = 500;
/** What was so long ago is no news: hours that are learnt when watching begins, ms. */
const NEWS = 24 * 3_600_000;

/**
 * Puts down who is to be told of an incident as it is now, in the transaction that writes it. What may not be told yet waits, and is told as
 * it is then; where the incident is over by then nobody is told.
 *
 * @param parts Of which they are told with it. All are over where it is.
 */
export async function queueNews(
  runner: SqlRunner,
  plan: AlertPlan,
  incident: WatchedIncident,
  parts: readonly WatchedIncident[],
  now: number,
): Promise<void> {
  const { app, id, ended } = incident;
  if ([incident, ...parts].every(({ updatedAt }) => updatedAt < now - NEWS)) return;
  const kind = ended === null ? 'opened' : 'resolved';
  if (kind === 'opened' && rulesOf(plan, incident).length === 0) return;
  const dueAt = toldAt(plan, incident, now);
  for (const notifier of plan.notifiers) {
    const opening = noticeId(id, 'opened', notifier);
    if (kind === 'resolved') await forgetOpening(runner, app, opening, now);
    const notice: StoredNotice = {
      app,
      id: noticeId(id, kind, notifier),
      notifier,
      kind,
      incident: id,
      createdAt: now,
      dueAt,
      attempts: 0,
      state: 'waiting',
      finishedAt: null,
      error: null,
      body: JSON.stringify({
        ...withoutHours(incident),
        parts: parts.map(withoutHours),
      } satisfies ToldIncident),
    };
    // Nobody is told of the end of something that they were not told of.
    const condition =
      kind === 'opened'
        ? sql`true`
        : sql`EXISTS (SELECT 1 FROM rum_notice WHERE app = ${app} AND id = ${opening} AND state <> 'over')`;
    await write(runner, notice, condition);
  }
}

function withoutHours({ hours: _, ...rest }: WatchedIncident): Omit<WatchedIncident, 'hours'> {
  return rest;
}

/** Of what is over nobody is told who was not to be told yet. */
async function forgetOpening(runner: SqlRunner, app: string, id: string, now: number): Promise<void> {
  const at = BigInt(Math.floor(now));
  await execute(
    runner,
    sql`UPDATE rum_notice SET state = 'over', finished_at = ${at}
      WHERE app = ${app} AND id = ${id} AND state = 'waiting' AND attempts = 0 AND due_at > ${at}`,
  );
}

function noticeId(incident: string, kind: NoticeKind, notifier: string): string {
  return `${incident}.${kind}.${notifier}`;
}

async function write(runner: SqlRunner, notice: StoredNotice, condition: Sql): Promise<void> {
  const { app, id, notifier, kind, incident, createdAt, dueAt, attempts, state, body } = notice;
  const about = incident === null ? sql`CAST(NULL AS TEXT)` : sql`CAST(${incident} AS TEXT)`;
  await execute(
    runner,
    sql`INSERT INTO rum_notice (${COLUMNS})
      SELECT ${app}, ${id}, ${notifier}, ${kind}, ${about}, CAST(${BigInt(Math.floor(createdAt))} AS BIGINT),
        CAST(${BigInt(Math.floor(dueAt))} AS BIGINT), CAST(${BigInt(attempts)} AS INTEGER), ${state},
        CAST(NULL AS BIGINT), CAST(NULL AS TEXT), CAST(${body} AS TEXT)
      WHERE ${condition}
      ON CONFLICT (app, id) DO UPDATE SET body = excluded.body
        WHERE rum_notice.state = 'waiting' AND rum_notice.attempts = 0`,
  );
}

/** @see {@link NoticeStore.queueNotice} */
export function queueNotice(client: SqlClient, notice: StoredNotice): Promise<void> {
  return write(client, notice, sql`true`);
}

/** @see {@link NoticeStore.notices} */
export async function notices(
  client: SqlClient,
  app: string,
  limit: number,
): Promise<readonly StoredNotice[]> {
  const rows = await queryRows<StoredRow>(
    client,
    sql`SELECT ${COLUMNS} FROM rum_notice WHERE app = ${app} ORDER BY created_at DESC, id LIMIT ${BigInt(limit)}`,
  );
  return rows.map(decode);
}

/** @see {@link NoticeStore.takeNotices} */
export async function takeNotices(
  client: SqlClient,
  now: number,
  { holdMs, limit, only }: Parameters<NoticeStore['takeNotices']>[1],
): Promise<readonly StoredNotice[]> {
  const at = BigInt(Math.floor(now));
  const isMeant = only === undefined ? sql`true` : sql`id = ${only}`;
  const due = await queryRows<StoredRow>(
    client,
    sql`SELECT ${COLUMNS} FROM rum_notice WHERE state = 'waiting' AND due_at <= ${at} AND ${isMeant}
      ORDER BY due_at, id LIMIT ${BigInt(limit)}`,
  );
  const taken: StoredNotice[] = [];
  for (const notice of due.map(decode)) {
    const { app, id, attempts } = notice;
    const changed = await execute(
      client,
      sql`UPDATE rum_notice SET attempts = attempts + 1, due_at = ${BigInt(Math.floor(now + holdMs))}
        WHERE app = ${app} AND id = ${id} AND state = 'waiting' AND attempts = ${BigInt(attempts)}`,
    );
    // Somebody else was faster.
    if (changed === 1) taken.push({ ...notice, attempts: attempts + 1 });
  }
  return taken;
}

/** @see {@link NoticeStore.finishNotice} */
export async function finishNotice(
  client: SqlClient,
  { app, id }: Pick<StoredNotice, 'app' | 'id'>,
  outcome: NoticeOutcome,
): Promise<void> {
  if (outcome.state === 'put off') {
    await execute(
      client,
      sql`UPDATE rum_notice SET attempts = attempts - 1, due_at = ${BigInt(Math.floor(outcome.dueAt))}
        WHERE app = ${app} AND id = ${id} AND state = 'waiting'`,
    );
    return;
  }
  const error = 'error' in outcome ? sql`${outcome.error.slice(0, MAX_ERROR)}` : sql`NULL`;
  const when =
    outcome.state === 'waiting'
      ? sql`due_at = ${BigInt(Math.floor(outcome.dueAt))}`
      : sql`finished_at = ${BigInt(Math.floor(outcome.at))}`;
  await execute(
    client,
    sql`UPDATE rum_notice SET state = ${outcome.state}, error = ${error}, ${when}
      WHERE app = ${app} AND id = ${id} AND state = 'waiting'`,
  );
}

/** @see {@link NoticeStore.hurryNotices} */
export async function hurryNotices(
  client: SqlClient,
  app: string,
  incident: string,
  now: number,
): Promise<void> {
  const at = BigInt(Math.floor(now));
  await execute(
    client,
    sql`UPDATE rum_notice SET due_at = ${at}
      WHERE app = ${app} AND incident = ${incident} AND state = 'waiting' AND attempts = 0 AND due_at > ${at}`,
  );
}

/** Forgets what somebody was told before a moment, epoch ms. */
export function deleteNotices(runner: SqlRunner, before: number): Promise<number> {
  return execute(runner, sql`DELETE FROM rum_notice WHERE created_at < ${BigInt(before)}`);
}

function decode(row: StoredRow): StoredNotice {
  const text = (value: StoredRow[string] | undefined): string | null =>
    value === null || value === undefined ? null : String(value);
  return {
    app: String(row.app),
    id: String(row.id),
    notifier: String(row.notifier),
    // Only this package writes the table.
    kind: String(row.kind) as NoticeKind,
    incident: text(row.incident),
    createdAt: Number(row.created_at),
    dueAt: Number(row.due_at),
    attempts: Number(row.attempts),
    state: String(row.state) as NoticeState,
    finishedAt: text(row.finished_at) === null ? null : Number(row.finished_at),
    error: text(row.error),
    body: String(row.body),
  };
}
