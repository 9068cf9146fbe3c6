/** The two clocks of a page, as one. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  /**
   * Epoch ms of a `performance` timestamp.
   *
   * A computer that sleeps stops `performance.now()` but not the wall clock, so `timeOrigin + timestamp` can lie days
   * back. Counted back from now instead, and never in the future.
   *
   * @see https://github.com/open-telemetry/opentelemetry-js/issues/852
   */
  at(timeStamp: number): number;
}

/**
 * @param now Epoch ms.
 * @param performanceNow Ms since the page's time origin.
 */
export function createClock(now: () => number, performanceNow: () => number): Clock {
  return {
    now: () => Math.floor(now()),
    at(timeStamp) {
      const current = now();
      return Math.floor(Math.min(current, current - (performanceNow() - timeStamp)));
    },
  };
}
