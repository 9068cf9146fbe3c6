/** Tells when the next request may go, from how the last ones ended. */
export interface RetryGate {
  /** Ms until the next request may go; 0: now. */
  wait(): number;
  /** True while the breaker is open: a single request must find out whether the collector is back. */
  probing(): boolean;
  succeeded(): void;
  /** @param retryAfter What the collector asked for, in ms. */
  failed(retryAfter?: number): void;
}

const FIRST_MS = 1000;
const LONGEST_MS = 60_000;
const BREAKER_FAILURES = 5;
const LONGEST_RETRY_AFTER_MS = 3_600_000;

/**
 * Full jitter from 1 s to 60 s, so that browsers which failed together do not come back together. After five failures in a
 * row the breaker opens: a pause of 30 to 60 s, then a single request probes, and only its success lets others go.
 *
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 * @param now Epoch ms.
 * @param random Uniform in [0, 1).
 */
export function createRetryGate(now: () => number, random: () => number): RetryGate {
  let failures = 0;
  let openAt = 0;
  return {
    wait: () => Math.max(0, openAt - now()),
    probing: () => failures >= BREAKER_FAILURES,
    succeeded() {
      failures = openAt = 0;
    },
    failed(retryAfter = 0) {
      const current = now();
      let pause = Math.min(retryAfter, LONGEST_RETRY_AFTER_MS);
      // Requests that were under way side by side and fail together are one failure.
      if (openAt <= current) {
        failures += 1;
        const backoff =
          failures < BREAKER_FAILURES
            ? random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1))
            : LONGEST_MS * (0.5 + random() / 2);
        pause = Math.max(pause, backoff);
      }
      openAt = Math.max(openAt, current + pause);
    },
  };
}
