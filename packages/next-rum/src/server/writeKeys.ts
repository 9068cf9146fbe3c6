import { createHash, timingSafeEqual } from 'node:crypto';
import type { WriteKey } from './config.js';

/** Whose batches a request may bring. */
export interface KeyHolder {
  /** Stands for the key where the key itself must not be: in counters of a rate limit. */
  readonly id: string;
  /** The app that everything sent with this key belongs to; null where the batch may say. */
  readonly app: string | null;
}

const HEADER = 'x-rum-key';
const PARAMETER = 'key';
/** Longer than any key may be; what a stranger sends is not hashed without end. */
const MAX_LENGTH = 512;

/**
 * Makes the check of a request's key, which comes in the header `x-rum-key` or, because `sendBeacon` sends no headers, in the
 * query as `key`. Digests are compared, every one of them and each in constant time, so the time taken tells nothing.
 *
 * @param keys None: everyone may post.
 * @returns The holder of the key; null where it is missing or unknown.
 */
export function createKeyCheck(
  keys: readonly WriteKey[],
  ownApp: string,
): (request: Request) => KeyHolder | null {
  const everyone: KeyHolder = { id: `app ${ownApp}`, app: null };
  if (keys.length === 0) return () => everyone;
  const known = keys.map(({ key, app = null }) => {
    const digest = digestOf(key);
    return { digest, holder: { id: `key ${digest.toString('hex', 0, 8)}`, app } };
  });
  return (request) => {
    const given = request.headers.get(HEADER) ?? new URL(request.url).searchParams.get(PARAMETER) ?? '';
    const digest = digestOf(given.slice(0, MAX_LENGTH));
    let found: KeyHolder | null = null;
    for (const { digest: expected, holder } of known) {
      if (timingSafeEqual(digest, expected)) found = holder;
    }
    return found;
  };
}

function digestOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
