import { alertPlans } from './server/alerts/alertPlan.js';
import { deliver } from './server/alerts/deliver.js';
import type { ThreadHealth } from './server/api.js';
import type { RumConfig } from './server/config.js';
import { createIntake, type Intake, type IntakeConfig } from './server/intake.js';
import { createLog, reasonOf } from './server/log.js';
import { toRetention } from './server/retention.js';
import { storeFailure } from './server/storeFailure.js';
import { timeZonesOf } from './server/timeZones.js';
import { openStore } from './store/openStore.js';
import { runJobs } from './store/runJobs.js';
import type { RumStore } from './store/store.js';
import { type Opened as InThread, openInThread } from './thread/openInThread.js';
import type { OpenOptions } from './thread/threadCalls.js';

/** A store, what makes rows of batches for it, and where both work. */
export interface Opened extends InThread {
  readonly thread: ThreadHealth;
}

/**
 * Gives the store of a database and what makes rows of batches for it, opened on first use; one per database and process,
 * because Next bundles a module once for every kind of entry and each copy would hold a connection of its own. A failed
 * opening is not remembered, nor is a store that was closed. The store's jobs run until then.
 *
 * @param database `file:` or `postgresql:` URL.
 * @param inThread Whether in a thread of its own, beside the app's event loop, where that can be had; a serverless host has none.
 */
export function openOnce(
  database: string,
  { config, inThread }: { readonly config: JobConfig; readonly inThread: boolean },
): Promise<Opened> {
  const shared = globalThis as { [OPENED]?: Map<string, Promise<Opened>> };
  shared[OPENED] ??= new Map();
  const all = shared[OPENED];
  const known = all.get(database);
  if (known !== undefined) return known;
  const opening = open(database, inThread, { retention: toRetention(config.retention) }).then(
    ({ store, intakeOf, thread }) => ({
      store: withJobs(store, config, () => all.delete(database)),
      intakeOf: once(intakeOf),
      thread,
    }),
  );
  all.set(database, opening);
  opening.catch(() => {
    // Whoever awaits `opening` learns the reason; the next request opens anew.
    all.delete(database);
  });
  return opening;
}

async function open(database: string, inThread: boolean, options: OpenOptions): Promise<Opened> {
  if (!inThread) return openHere(database, 'serverless', options);
  const opened = await openInThread(database, undefined, options);
  if (opened.store !== null) return { ...opened, thread: { state: 'own' } };
  const { reason, detail } = opened;
  const instead = await openHere(database, reason, options);
  createLog(console.error, Date.now)('thread_not_used', { reason, detail });
  return instead;
}

async function openHere(
  database: string,
  reason: Extract<ThreadHealth, { readonly state: 'shared' }>['reason'],
  options: OpenOptions,
): Promise<Opened> {
  const store = await openStore(database, options);
  const log = createLog(console.error, Date.now);
  return {
    store,
    intakeOf: (config) => createIntake(store, config, log),
    thread: { state: 'shared', reason },
  };
}

/** An intake remembers what it has seen, so each configuration has one. */
function once(intakeOf: Opened['intakeOf']): Opened['intakeOf'] {
  const intakes = new WeakMap<IntakeConfig, Intake>();
  return (config) => {
    const intake = intakes.get(config) ?? intakeOf(config);
    intakes.set(config, intake);
    return intake;
  };
}

/** What of a configuration the jobs of its database go by: those of the first that opens it. */
type JobConfig = Pick<RumConfig, 'app' | 'keys' | 'retention' | 'timeZone' | 'alerts' | 'report'>;

function withJobs(store: RumStore, config: JobConfig, forget: () => void): RumStore {
  const log = createLog(console.error, Date.now);
  const stop = runJobs(store, {
    now: Date.now,
    retention: toRetention(config.retention),
    timeZones: timeZonesOf(config),
    alerts: alertPlans(config),
    deliver: () => deliver({ store, config, now: Date.now, log }),
    onError: (job, error) => log('job_failed', { job, code: storeFailure(error), reason: reasonOf(error) }),
    onBegunAnew: (apps) => log('watch_begun_anew', { apps: apps.join(', ') }),
  });
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    forget();
    await stop();
    await store.close();
  };
  return {
    ...store,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

const OPENED: unique symbol = Symbol.for('@rumkit/next-rum/opened');
