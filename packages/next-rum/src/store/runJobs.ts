import type { JobName, JobOptions } from './jobStore.js';
import type { RumStore } from './store.js';
import type { WatchOptions } from './watchStore.js';

/** ms between runs. Minutes are there soon, so that reads stay fast; what is made of them changes too often to be in a hurry. */
const EVERY = {
  minute: 15_000,
  hour: 2 * 60_000,
  day: 15 * 60_000,
  watch: 60_000,
  findings: 15 * 60_000,
  retention: 60 * 60_000,
} as const;

export interface RunJobsOptions extends JobOptions, Pick<WatchOptions, 'timeZones' | 'alerts'> {
  /** Sends what is in the outbox; each round, after watching. */
  readonly deliver?: () => Promise<unknown>;
  /** Told of apps that are watched anew, since what was known of them could not be read. */
  readonly onBegunAnew: (apps: readonly string[]) => void;
  /** Told of a run that failed; the job goes on at its next time. */
  readonly onError: (job: JobName | 'alerts', error: unknown) => void;
}

/**
 * Runs a store's jobs at their times as long as the process lives, which it does not keep alive. Instances of one database
 * may all do this: each run is of one of them.
 *
 * @returns Stops it, and resolves when what was under way has ended.
 */
export function runJobs(
  store: RumStore,
  { now, retention, timeZones = {}, alerts = {}, deliver, onError, onBegunAnew }: RunJobsOptions,
): () => Promise<void> {
  const options: JobOptions = retention === undefined ? { now } : { now, retention };
  const due = { minute: 0, hour: 0, day: 0, watch: 0, findings: 0, retention: now() + EVERY.minute };
  let stopped = false;
  let underWay: Promise<void> = Promise.resolve();

  const isDue = (what: keyof typeof EVERY): boolean => {
    if (now() < due[what]) return false;
    due[what] = now() + EVERY[what];
    return true;
  };

  async function attempt(job: JobName | 'alerts', run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (!stopped) onError(job, error);
    }
  }

  async function watch(): Promise<void> {
    const watched = await store.watch({ ...options, timeZones, alerts });
    if (watched.kind === 'done' && watched.begunAnew.length > 0) onBegunAnew(watched.begunAnew);
  }

  async function round(): Promise<void> {
    const grains = (['minute', 'hour', 'day'] as const).filter(isDue);
    await attempt('rollup', () => store.rollUp({ ...options, grains }));
    if (!stopped && isDue('watch')) await attempt('watch', watch);
    if (!stopped && deliver !== undefined) await attempt('alerts', deliver);
    if (!stopped && isDue('findings')) await attempt('findings', () => store.keepFindings(options));
    if (!stopped && isDue('retention')) await attempt('retention', () => store.retain(options));
  }

  let timer: NodeJS.Timeout;
  function schedule(): void {
    timer = setTimeout(() => {
      underWay = round().then(() => {
        if (!stopped) schedule();
      });
    }, EVERY.minute);
    timer.unref();
  }
  schedule();

  return () => {
    stopped = true;
    clearTimeout(timer);
    return underWay;
  };
}
