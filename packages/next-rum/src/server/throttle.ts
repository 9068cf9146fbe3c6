/** Slows down guessing. All times are ms. */
export interface Throttle {
  /** How long `client` must wait before its next attempt is looked at; 0 for not at all. */
  wait(client: string): number;
  failed(client: string): void;
  succeeded(client: string): void;
}

/** Wrong attempts of one client before it has to wait: everybody mistypes. */
const FREE_FAILURES = 5;
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 15 * 60_000;
/** A client that was quiet for this long starts afresh. */
const FORGET_AFTER = 60 * 60_000;
/** Clients remembered at most; whoever owns more addresses meets the limit on all of them together. */
const MAX_CLIENTS = 10_000;
/** Wrong attempts of all clients together: so many at once, then one a second. */
const BURST = 100;
const REFILL = 1_000;

/** Makes a throttle: after five failures a client's wait doubles with each further one, and all clients share a budget. */
export function createThrottle(now: () => number): Throttle {
  const clients = new Map<string, { failures: number; last: number }>();
  let spent = 0;
  let spentAt = now();

  function spentNow(time: number): number {
    return Math.max(0, spent - Math.max(0, time - spentAt) / REFILL);
  }

  return {
    wait: (client) => {
      const time = now();
      const shared = spentNow(time) > BURST - 1 ? Math.ceil((spentNow(time) - (BURST - 1)) * REFILL) : 0;
      const known = clients.get(client);
      if (known === undefined || known.failures < FREE_FAILURES || time - known.last > FORGET_AFTER) {
        return shared;
      }
      const penalty = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (known.failures - FREE_FAILURES));
      return Math.max(shared, known.last + penalty - time);
    },
    failed: (client) => {
      const time = now();
      spent = spentNow(time) + 1;
      spentAt = time;
      const known = clients.get(client);
      const failures = known === undefined || time - known.last > FORGET_AFTER ? 0 : known.failures;
      // Put back at the end, so that the first entry is the one that failed longest ago.
      clients.delete(client);
      clients.set(client, { failures: failures + 1, last: time });
      const oldest = clients.keys().next();
      if (clients.size > MAX_CLIENTS && !oldest.done) clients.delete(oldest.value);
    },
    succeeded: (client) => {
      clients.delete(client);
    },
  };
}
