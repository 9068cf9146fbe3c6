import type { Body, BodyKey, BodyStore } from './bodyStore.js';

/** Begins the names in `localStorage`; what follows makes the body unique. */
const PREFIX = 'rum.offline.';

/**
 * Leaves a body where the next page finds it.
 *
 * A browser drops a transaction with its page if that has to wait for another one, of this or any other tab, and Chromium
 * even ends a page that went to the back/forward cache for it. What `localStorage` is given is safe at once.
 */
export function leaveBehind(key: BodyKey, body: Body): void {
  try {
    localStorage.setItem(nameOf(key), JSON.stringify([key, body]));
  } catch {
    // Blocked or full: then there is nowhere to leave it.
  }
}

export function takeBack(key: BodyKey): void {
  try {
    localStorage.removeItem(nameOf(key));
  } catch {
    // Blocked: then there is nothing in it.
  }
}

/** Moves what pages have left behind to where all tabs look. */
export async function adoptLeftovers({ put }: BodyStore): Promise<void> {
  for (const name of leftoverNames()) {
    const leftover = readLeftover(name);
    // Two tabs may do this together: then the one overwrites what the other has put there.
    if (leftover) await put(...leftover);
    localStorage.removeItem(name);
  }
}

export function forgetLeftovers(): void {
  for (const name of leftoverNames()) localStorage.removeItem(name);
}

function nameOf([, , , id]: BodyKey): string {
  return PREFIX + id;
}

function readLeftover(name: string): [BodyKey, Body] | null {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null');
  } catch {
    // Written by somebody else: no reason to leave the others lying.
    return null;
  }
}

function leftoverNames(): readonly string[] {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  } catch {
    // Blocked: then there is nothing in it.
    return [];
  }
}
