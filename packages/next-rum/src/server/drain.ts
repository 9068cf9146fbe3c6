import { withDeadline } from './deadline.js';
import { type Log, reasonOf } from './log.js';

/** The part of `process` that ends it. */
export type Signals = Pick<NodeJS.Process, 'on' | 'off' | 'listenerCount' | 'kill' | 'pid'>;

/** Ends a process without losing what it has taken on. */
export interface Drain {
  /** True once the process is to end. */
  draining(): boolean;
  /** Begins to listen for signals; only the first call does anything. */
  watch(): void;
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
/** ms; orchestrators kill after 10 s (Docker) or 30 s (Kubernetes). */
const DRAIN_DEADLINE = 10_000;

/**
 * On SIGTERM and SIGINT nothing more is taken on, and what was is committed within 10 s. Then the signal has its usual
 * effect, unless somebody else listens for it as well: `next start` does, and ends the process when every request under way
 * has its answer.
 *
 * @param finish Resolves when nothing is left to write.
 */
export function createDrain(signals: Signals | undefined, finish: () => Promise<void>, log: Log): Drain {
  let isDraining = false;
  let watching = false;

  async function drain(signal: NodeJS.Signals): Promise<void> {
    if (isDraining) return;
    isDraining = true;
    try {
      await withDeadline(finish(), DRAIN_DEADLINE);
    } catch (error) {
      log('drain_failed', { reason: reasonOf(error) });
    }
    for (const each of SIGNALS) signals?.off(each, onSignal);
    if (signals?.listenerCount(signal) === 0) signals.kill(signals.pid, signal);
  }

  const onSignal = (signal: NodeJS.Signals): void => {
    void drain(signal);
  };

  return {
    draining: () => isDraining,
    watch: () => {
      if (watching || signals === undefined) return;
      watching = true;
      for (const signal of SIGNALS) signals.on(signal, onSignal);
    },
  };
}
