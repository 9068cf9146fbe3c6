import type { LossReason } from '../../protocol/index.js';

/** Counts what had to be given up, until it can be told. */
export interface Losses {
  add(reason: LossReason, count?: number): void;
  /** What was counted since the last call. */
  take(): readonly (readonly [LossReason, number])[];
}

export function createLosses(): Losses {
  const counts = new Map<LossReason, number>();
  return {
    add(reason, count = 1) {
      if (count > 0) counts.set(reason, (counts.get(reason) ?? 0) + count);
    },
    take() {
      const taken = [...counts];
      counts.clear();
      return taken;
    },
  };
}
