import type { Body, BodyKey, BodyStore } from './bodyStore.js';

/** What a page had not seen safe in IndexedDB when it ended. */
export type Leftover = readonly [key: BodyKey, body: Body];

/** In `localStorage`; what follows makes it unique. */
const PREFIX = 'rum.offline.';

/**
 * Leaves bodies where the next page finds them.
 *
 * The browser drops a transaction with its page if it has to wait for another one, of this or any other tab. What
 * `localStorage` is given is safe at once.
 *
 * @throws Where storage is blocked or full.
 */
export function leaveBehind(name: string, leftovers: readonly Leftover[]): void {
  if (leftovers.length > 0) localStorage.setItem(PREFIX + name, JSON.stringify(leftovers));
}

/** Moves what ended pages have left behind to where all tabs look. */
export async function adoptLeftovers({ put }: BodyStore): Promise<void> {
  for (const name of leftoverNames()) {
    // Two tabs may do this together: then the one overwrites what the other has put there.
    for (const [key, body] of readLeftovers(name)) await put(key, body);
    localStorage.removeItem(name);
  }
}

function readLeftovers(name: string): readonly Leftover[] {
  try {
    return JSON.parse(localStorage.getItem(name) ?? '[]');
  } catch {
    // Written by somebody else: no reason to leave the others lying.
    return [];
  }
}

export function forgetLeftovers(): void {
  for (const name of leftoverNames()) localStorage.removeItem(name);
}

function leftoverNames(): readonly string[] {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  } catch {
    // Storage is blocked: then there is nothing in it.
    return [];
  }
}
