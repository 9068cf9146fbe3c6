import { createHmac } from 'node:crypto';
import type { RumStore } from '../store/store.js';

/** Who sent a batch, as far as a visitor hash needs it. */
export interface Sender {
  readonly app: string;
  readonly sessionId: string;
  readonly address: string;
  readonly userAgent: string;
}

/** Names the visitor of a row, 32 hex digits. @param at When it began, epoch ms on the server's clock. */
export type VisitorOf = (at: number) => string;

const DAY = 24 * 3_600_000;

/**
 * Makes the function that names visitors.
 *
 * `strict`: HMAC-SHA256 over app, address and user agent, keyed with the random salt of the UTC day that the row is of; the
 * salt is thrown away, so nobody can tell later whether an address was there. What comes after midnight of the day before
 * keeps that day's name; rows that are older, or of a clock ahead, get that of the day they came. `consent`: a hash of the
 * agent's session id.
 */
export function createVisitorHash(
  privacy: 'strict' | 'consent',
): (store: RumStore, sender: Sender, receivedAt: number) => Promise<VisitorOf> {
  const saltOf = createSalts();
  return async (store, sender, receivedAt) => {
    if (privacy === 'consent') {
      const name = hash(sender.app, sender.sessionId);
      return () => name;
    }
    const today = receivedAt - (receivedAt % DAY);
    const [salt, saltBefore] = await Promise.all([
      saltOf(store, today, receivedAt),
      saltOf(store, today - DAY, receivedAt),
    ]);
    const { app, address, userAgent } = sender;
    const text = `${app}\n${address}\n${userAgent}`;
    const name = hash(salt, text);
    let nameBefore: string | null = null;
    return (at) => {
      if (at >= today || at < today - DAY) return name;
      nameBefore ??= hash(saltBefore, text);
      return nameBefore;
    };
  };
}

/** Asks the store once for the salt of each of the two latest days. Days are those that begin at the given moment. */
function createSalts(): (store: RumStore, day: number, now: number) => Promise<string> {
  let of: RumStore | null = null;
  const salts = new Map<number, Promise<string>>();
  return (store, day, now) => {
    if (of !== store) salts.clear();
    of = store;
    const known = salts.get(day);
    if (known) return known;
    for (const old of salts.keys()) if (old < day - DAY) salts.delete(old);
    const asked = store.dailySalt(new Date(day).toISOString().slice(0, 10), now);
    salts.set(day, asked);
    asked.catch(() => {
      // Whoever awaits it learns the reason; the next batch asks anew.
      if (salts.get(day) === asked) salts.delete(day);
    });
    return asked;
  };
}

function hash(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex').slice(0, 32);
}
