import { BREAKER_FAILURES } from '../limits.js';

/**
 * How long to wait after so many failures in a row, in ms.
 *
 * Full jitter from 1 s on, so that browsers which failed together do not come back together. Once the breaker is open,
 * 30 to 60 s.
 *
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function retryPause(failures: number): number {
  const jitter = Math.random();
  return failures < BREAKER_FAILURES ? jitter * 1000 * 2 ** (failures - 1) : 30_000 * (1 + jitter);
}
