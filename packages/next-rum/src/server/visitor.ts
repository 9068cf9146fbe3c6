import { createHmac } from 'node:crypto';
import type { RumStore } from '../store/store.js';

/** Who sent a batch, as far as a visitor hash needs it. */
export interface Sender {
  readonly app: string;
  readonly sessionId: string;
  readonly address: string;
  readonly userAgent: string;
}

/**
 * Makes the function that names visitors, 32 hex digits each.
 *
 * `strict`: HMAC-SHA256 over app, address and user agent, keyed with the day's random salt; the salt is thrown away, so
 * nobody can tell later whether an address was there. `consent`: a hash of the agent's session id.
 */
export function createVisitorHash(
  privacy: 'strict' | 'consent',
): (store: RumStore, sender: Sender, receivedAt: number) => Promise<string> {
  let salt: { readonly day: string; readonly value: Promise<string>; readonly store: RumStore } | null = null;
  return async (store, sender, receivedAt) => {
    if (privacy === 'consent') return hash(sender.app, sender.sessionId);
    const day = new Date(receivedAt).toISOString().slice(0, 10);
    if (salt?.day !== day || salt.store !== store) {
      const asked = { day, value: store.dailySalt(day, receivedAt), store };
      salt = asked;
      asked.value.catch(() => {
        // Whoever awaits it learns the reason; the next batch asks anew.
        if (salt === asked) salt = null;
      });
    }
    return hash(await salt.value, `${sender.app}\n${sender.address}\n${sender.userAgent}`);
  };
}

function hash(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex').slice(0, 32);
}
