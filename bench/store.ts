import { parseArgs } from 'node:util';
import { median } from './load/median.js';
import { type Databases, onEach, PROVIDERS, withClient, withStore } from './storage/databases.js';
import { type HistoryPart, makeHistory } from './storage/history.js';
import { type Writer, writeBare, writeCreateMany, writeThroughStore } from './storage/writers.js';

interface Figures {
  /** Rows a second of the whole store path over those of a bare set-based insert of the same rows. */
  readonly ratioToBareInsert: number;
  readonly ratioToCreateMany: number;
  readonly eventsPerSecond: number;
}

const EVENTS_PER_VIEW = 3;
/** Traffic that the rows are made of, rows a second. */
const TRAFFIC = 1000;
/** As much as one group commit of the collector may hold. */
const COMMIT_ROWS = 5000;
/** createMany is so much slower that fewer rows tell its speed. */
const CREATE_MANY_SHARE = 0.1;
const HOUR = 3_600_000;
const FROM = Date.UTC(2026, 10, 20, 20);

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    rows: { type: 'string', default: '240000' },
    database: { type: 'string', multiple: true, default: [...PROVIDERS] },
  },
});
const rounds = Math.max(3, Number(values.rounds));
const rows = Number(values.rows);

const figures = await onEach(values.database, measure);
console.log(
  `\n${rows} rows, ${EVENTS_PER_VIEW} events a view, as ${TRAFFIC} come in a second; ${COMMIT_ROWS} a commit; median of ${rounds} rounds`,
);
console.table(figures);
console.log(JSON.stringify({ bench: 'store', ...figures }));

async function measure(databases: Databases): Promise<Figures> {
  const results: { store: number; bare: number; createMany: number }[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const parts = makeParts(round);
    const result = {
      bare: await rowsPerSecond(databases, writeBare, parts),
      store: await rowsPerSecond(databases, writeThroughStore, parts),
      createMany: await rowsPerSecond(
        databases,
        writeCreateMany,
        parts.slice(0, Math.ceil(parts.length * CREATE_MANY_SHARE)),
      ),
    };
    // The first round warms everything up.
    if (round === 0) continue;
    results.push(result);
    console.log(
      `${databases.provider} round ${round}: ${Math.round(result.store)} rows a second through the store, ` +
        `${Math.round(result.bare)} bare, ${Math.round(result.createMany)} by createMany`,
    );
  }
  return {
    ratioToBareInsert: Number(median(results.map(({ store, bare }) => store / bare)).toFixed(3)),
    ratioToCreateMany: Number(median(results.map(({ store, createMany }) => store / createMany)).toFixed(1)),
    eventsPerSecond: Math.round(median(results.map(({ store }) => store))),
  };
}

/** Rows of one hour of a site, squeezed into as many minutes as the traffic says, by commits. */
function makeParts(seed: number): readonly HistoryPart[] {
  const views = Math.round(rows / (1 + EVENTS_PER_VIEW));
  const squeeze = (rows / TRAFFIC) * (1000 / HOUR);
  const soon = (time: number): number => Math.floor(FROM + (time - FROM) * squeeze);
  const perCommit = Math.round(COMMIT_ROWS / (1 + EVENTS_PER_VIEW));
  const parts: HistoryPart[] = [];
  for (const hour of makeHistory({
    views,
    from: FROM,
    to: FROM + HOUR,
    seed: seed + 1,
    eventsPerView: EVENTS_PER_VIEW,
  })) {
    for (let start = 0; start < hour.views.length; start += perCommit) {
      const eventsFrom = start * EVENTS_PER_VIEW;
      parts.push({
        views: hour.views
          .slice(start, start + perCommit)
          .map((view) => ({ ...view, startedAt: soon(view.startedAt) })),
        events: hour.events
          .slice(eventsFrom, eventsFrom + perCommit * EVENTS_PER_VIEW)
          .map((event) => ({ ...event, occurredAt: soon(event.occurredAt) })),
      });
    }
  }
  return parts;
}

/** @throws Where not every row is stored. */
async function rowsPerSecond(
  { create, provider }: Databases,
  write: Writer,
  parts: readonly HistoryPart[],
): Promise<number> {
  const url = await create();
  await withStore(url, (store) => store.ping());
  const ms = await write(url, provider, parts);
  const given = parts.reduce((sum, { views, events }) => sum + views.length + events.length, 0);
  const [stored] = await withClient(
    url,
    async (client) =>
      await client.$queryRaw<{ n: number | bigint }[]>`
        SELECT (SELECT count(*) FROM rum_view) + (SELECT count(*) FROM rum_event) AS n`,
  );
  if (Number(stored?.n) !== given) throw new Error(`Of ${given} rows ${stored?.n} are stored in ${url}.`);
  return given / (ms / 1000);
}
