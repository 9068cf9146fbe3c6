import { parseArgs } from 'node:util';
import type { HealthResponse } from '../packages/next-rum/src/server/api.js';
import { startApp } from '../scripts/lib/appServer.mjs';
import { growthPerHour, watchMemory } from './load/memory.js';
import { type Delivery, driveSteadily } from './load/steady.js';
import { type Databases, PROVIDERS, withClient, withDatabases } from './storage/databases.js';

const PASSWORD = 'not-a-secret-of-the-bench';
/** ms */
const SAMPLE_EVERY = 5000;
/** Node.js takes what it needs in the first minutes; what it takes after them is growth. */
const WARM_UP = 0.4;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    rate: { type: 'string', default: '40' },
    database: { type: 'string', default: 'sqlite' },
  },
});
const minutes = Number(values.minutes);
const provider = PROVIDERS.find((known) => known === values.database);
if (provider === undefined) throw new Error(`--database is one of ${PROVIDERS.join(', ')}`);

interface Figures {
  /** Different items. */
  readonly sent: number;
  readonly stored: number;
  /** Not stored, and counted by reason in the health route. */
  readonly counted: number;
  /** Items stored more than once. */
  readonly duplicates: number;
  readonly rssSlopeMBPerHour: number;
}

const figures = await withDatabases(provider, soak);
console.table(figures);
console.log(JSON.stringify({ bench: 'soak', ...figures }));
if (figures.sent !== figures.stored + figures.counted || figures.duplicates !== 0) {
  console.error('What was sent is not what is stored and counted.');
  process.exitCode = 1;
}

async function soak({ create }: Databases): Promise<Figures> {
  const database = await create();
  const app = await startApp({
    env: {
      RUM_DATABASE_URL: database,
      RUM_ADMIN_PASSWORD: PASSWORD,
      RUM_RATE_LIMIT: '100000000',
    },
  });
  let delivery: Delivery;
  let health: HealthResponse;
  let growth: ReturnType<typeof growthPerHour>;
  try {
    const watched = watchMemory(app.pid, SAMPLE_EVERY);
    delivery = await driveSteadily({
      url: `${app.url}/api/rum/batch`,
      batchesPerSecond: Number(values.rate),
      duration: minutes * 60_000,
    });
    const samples = await watched();
    const settled = samples.slice(Math.floor(samples.length * WARM_UP));
    growth = growthPerHour(settled);
    health = await readHealth(app.url);
    console.log(
      `memory, MB: ${samples
        .filter((_, index) => index % Math.ceil(samples.length / 12) === 0)
        .map(({ megabytes }) => megabytes.toFixed(0))
        .join(' ')}; growth an hour between ${growth?.low.toFixed(0)} and ${growth?.high.toFixed(0)} (95 %)`,
    );
  } finally {
    await app.stop();
  }
  // Of the whole run: a process tells of its last hour alone.
  if (health.lastDay === null)
    throw new Error('The health route could not read what was counted in the last day.');
  const { items, batches } = health.lastDay;
  console.log(`told by the answers: ${JSON.stringify(delivery)}`);
  console.log(`told by the health route: ${health.status}, ${JSON.stringify({ batches, items })}`);
  console.log(`jobs: ${health.jobs.map(({ name, state }) => `${name} ${state}`).join(', ')}`);
  const counted = Object.values(items.rejected).reduce((sum, amount) => sum + amount, 0);
  return {
    sent: delivery.sent,
    counted,
    rssSlopeMBPerHour: Number((growth?.slope ?? 0).toFixed(1)),
    ...(await readStored(database)),
  };
}

async function readHealth(url: string): Promise<HealthResponse> {
  const signIn = await fetch(`${url}/api/rum/admin/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ password: PASSWORD }),
  });
  const cookie = signIn.headers.get('set-cookie')?.split(';', 1)[0];
  if (cookie === undefined) throw new Error(`The sign-in was answered with ${signIn.status} and no cookie.`);
  const response = await fetch(`${url}/api/rum/health?details`, { headers: { cookie } });
  if (response.status !== 200) throw new Error(`The health route answered ${response.status}.`);
  return (await response.json()) as HealthResponse;
}

async function readStored(database: string): Promise<Pick<Figures, 'stored' | 'duplicates'>> {
  const [row] = await withClient(
    database,
    async (client) =>
      await client.$queryRaw<{ n: number | bigint; ids: number | bigint }[]>`
        SELECT count(*) AS n, count(DISTINCT id) AS ids
        FROM (SELECT id FROM rum_view UNION ALL SELECT id FROM rum_event) AS stored`,
  );
  const [stored, ids] = [Number(row?.n), Number(row?.ids)];
  return { stored: ids, duplicates: stored - ids };
}
