import { isIP } from 'node:net';
import {
  type IRateLimiterStoreOptions,
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPrisma,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import type { IngestStore } from '../store/ingestStore.js';
import type { RateLimits } from './config.js';
import { isPrivate } from './isPrivate.js';
import { rateTable } from './rateTable.js';

/** Keeps one key, and one address, from taking the room of the others. */
export interface RateLimit {
  /**
   * Takes one batch off what is left of this minute.
   *
   * @param address Where it is unknown (empty), or that of a proxy, only the key counts.
   * @returns Seconds until the next batch is let through; 0 where this one is.
   */
  take(store: IngestStore, key: string, address: string): Promise<number>;
}

/** s */
const WINDOW = 60;

/**
 * Makes the limits of batches a minute: per key, then per address of that key. What an address is refused is given back to
 * its key, so that one sender in a loop does not use up the key for all others.
 *
 * @param limits Null for none. Where a shared store fails, each process counts by itself meanwhile.
 */
export function createRateLimit(limits: RateLimits | null): RateLimit {
  if (limits === null) return { take: async () => 0 };
  let made: {
    readonly store: IngestStore;
    readonly key: RateLimiterAbstract;
    readonly address: RateLimiterAbstract;
  };
  return {
    take: async (store, key, address) => {
      if (made?.store !== store) {
        made = {
          store,
          key: limiterOf(limits, store, 'key', limits.perKey),
          address: limiterOf(limits, store, 'address', limits.perAddress),
        };
      }
      const ofKey = await consume(made.key, key);
      if (ofKey > 0 || !isOneSender(address)) return ofKey;
      const ofAddress = await consume(made.address, `${key} ${networkOf(address)}`);
      if (ofAddress > 0) await made.key.reward(key, 1);
      return ofAddress;
    },
  };
}

function limiterOf(
  { store: kind }: RateLimits,
  store: IngestStore,
  what: 'key' | 'address',
  points: number,
): RateLimiterAbstract {
  const keyPrefix = `rum:${what}`;
  const alone = new RateLimiterMemory({ points, duration: WINDOW, keyPrefix });
  if (kind === 'memory') return alone;
  const shared = {
    points,
    duration: WINDOW,
    keyPrefix,
    insuranceLimiter: alone,
    // Who is over the limit is told so without asking the store again until the minute is over.
    inMemoryBlockOnConsumed: points + 1,
  } satisfies Omit<IRateLimiterStoreOptions, 'storeClient'>;
  if (kind === 'database') {
    return new RateLimiterPrisma({
      ...shared,
      storeClient: { RateLimiterFlexible: rateTable(store, Date.now) },
      clearExpiredByTimeout: false,
    });
  }
  const { redis } = kind;
  return new RateLimiterRedis({
    ...shared,
    storeClient: redis,
    // ioredis can define commands, the package `redis` sends them.
    useRedisPackage: 'sendCommand' in redis && !('defineCommand' in redis),
    rejectIfRedisNotReady: true,
  });
}

async function consume(limiter: RateLimiterAbstract, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (result) {
    if (!(result instanceof RateLimiterRes)) throw result;
    return Math.max(1, Math.ceil(result.msBeforeNext / 1000));
  }
}

/**
 * False where nothing tells one sender from another: no address, or that of a proxy. What is no address came from a header, which
 * anyone may have written, and so is one sender.
 */
export function isOneSender(address: string): boolean {
  return address !== '' && !isPrivate(address);
}

/**
 * One household or server has a whole /64 of IPv6 addresses, so they count as one; and so does all that is no address, of which
 * anyone can think up as many as he likes.
 */
export function networkOf(address: string): string {
  const family = isIP(address);
  if (family === 0) return address === '' ? '' : 'no address';
  if (family === 4) return address;
  const [left = '', right = ''] = address.toLowerCase().split('::', 2);
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const [before, after] = [groups(left), groups(right)];
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return [...before, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
