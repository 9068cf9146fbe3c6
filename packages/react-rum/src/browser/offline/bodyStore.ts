/** Sorts by age: when it was kept (epoch ms), size in bytes of UTF-8, items in it, and what makes it unique. */
export type BodyKey = readonly [keptAt: number, bytes: number, items: number, id: string];

/** A request body that was not answered for. */
export interface Body {
  readonly url: string;
  readonly text: string;
}

interface StoredBody extends Body {
  /** Until then somebody deals with it: the page that made it, or one that sends it again. Epoch ms. */
  readonly dueAt: number;
}

/** A body that was taken, or when to ask again (epoch ms; undefined: there is nothing). */
type Claim =
  | { readonly key: BodyKey; readonly body: Body }
  | { readonly key?: undefined; readonly dueAt: number | undefined };

/** The bodies in IndexedDB, which all tabs share. What rejects says that the database cannot be used now. */
export interface BodyStore {
  /** Keeps a body. Once this resolves the body is safe, whatever becomes of the page. */
  put(key: BodyKey, body: Body): Promise<void>;
  remove(key: BodyKey): Promise<void>;
  /**
   * Takes the body that is due longest. In one transaction, so that no two tabs take the same one.
   *
   * @param isExempt Bodies that are not to be taken.
   */
  claim(isExempt: (key: BodyKey) => boolean): Promise<Claim>;
  /** Gives back a body that was taken. */
  release(key: BodyKey, body: Body): Promise<void>;
  /**
   * Drops bodies whose items are in a later one, then the oldest beyond 5 MiB and those of more than 7 days. Not together
   * with `put`: where a page ends, WebKit may do the second half of a transaction only.
   *
   * @param isOwn Bodies whose items the page itself still has.
   * @returns Items that were in the others that there was no room or time for.
   */
  tidy(superseded: readonly BodyKey[], isOwn: (key: BodyKey) => boolean): Promise<number>;
  close(): void;
}

/** Longer than a request may take, and mostly than the pause before its page tries again, in ms. */
export const LEASE_MS = 60_000;
const MAX_BYTES = 5 * 1024 * 1024;
const MAX_AGE_MS = 7 * 24 * 60 * 60_000;

const DATABASE = 'rum.offline';
const BODIES = 'bodies';

/**
 * @param now Epoch ms.
 * @param onClosed The browser or another tab closed the database: it must not be used any more.
 * @throws Rejects where the browser has no such storage or the page may not use it.
 */
export async function openBodyStore(now: () => number, onClosed: () => void): Promise<BodyStore> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(BODIES).createIndex('dueAt', 'dueAt');
  };
  const database = await resultOf(request);
  database.onclose = onClosed;
  // Another tab deletes it, because the visitor withdrew consent.
  database.onversionchange = () => {
    database.close();
    onClosed();
  };

  /** Runs the requests in one transaction, and resolves once that is through. */
  async function transact(run: (bodies: IDBObjectStore) => void, isAtOnce = false): Promise<void> {
    const transaction = database.transaction(BODIES, 'readwrite');
    run(transaction.objectStore(BODIES));
    if (isAtOnce) transaction.commit?.();
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
  }

  return {
    put: (key, body) =>
      transact(
        (bodies) => bodies.put({ ...body, dueAt: key[0] + LEASE_MS } satisfies StoredBody, [...key]),
        true,
      ),
    remove: (key) => transact((bodies) => bodies.delete([...key]), true),
    async claim(isExempt) {
      let taken: Claim | undefined;
      let nextAt: number | undefined;
      await transact((bodies) => {
        const time = now();
        const request = bodies.index('dueAt').openKeyCursor();
        request.onsuccess = () => {
          const cursor = request.result;
          if (!cursor) return;
          const key = cursor.primaryKey as unknown as BodyKey;
          const dueAt = cursor.key as number;
          // What is due later than any lease lasts was kept while the clock was ahead.
          const isDue = dueAt <= time || dueAt > time + LEASE_MS;
          if (!isDue && !isExempt(key)) nextAt ??= dueAt;
          if (!isDue || isExempt(key)) return cursor.continue();
          const found = bodies.get([...key]);
          found.onsuccess = () => {
            const { url, text } = found.result as StoredBody;
            taken = { key, body: { url, text } };
            bodies.put({ url, text, dueAt: time + LEASE_MS } satisfies StoredBody, [...key]);
          };
        };
      });
      return taken ?? { dueAt: nextAt };
    },
    release: (key, body) =>
      transact((bodies) => bodies.put({ ...body, dueAt: 0 } satisfies StoredBody, [...key]), true),
    async tidy(superseded, isOwn) {
      let dropped = 0;
      await transact((bodies) => {
        for (const key of superseded) bodies.delete([...key]);
        const all = bodies.getAllKeys();
        all.onsuccess = () => {
          const oldest = now() - MAX_AGE_MS;
          let room = MAX_BYTES;
          for (const key of (all.result as unknown as BodyKey[]).reverse()) {
            const [keptAt, bytes, items] = key;
            room -= bytes;
            if (room >= 0 && keptAt >= oldest) continue;
            bodies.delete([...key]);
            if (!isOwn(key)) dropped += items;
          }
        };
      });
      return dropped;
    },
    close: () => database.close(),
  };
}

/** Deletes what all pages of this origin have kept. */
export async function deleteBodyStore(): Promise<void> {
  await resultOf(indexedDB.deleteDatabase(DATABASE));
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
