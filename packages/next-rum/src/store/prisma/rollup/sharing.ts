/** Lets several callers of the same read have one. */
export type Sharing<T> = (key: string, read: () => Promise<T>) => Promise<T>;

/**
 * Those who ask for the same in one turn of the event loop share one read. It begins after the last of them has asked, so
 * none misses what was written before it asked.
 */
export function shareWithinTurn<T>(): Sharing<T> {
  const waiting = new Map<string, Promise<T>>();
  return (key, read) => {
    let shared = waiting.get(key);
    if (shared === undefined) {
      shared = Promise.resolve().then(() => {
        waiting.delete(key);
        return read();
      });
      waiting.set(key, shared);
    }
    return shared;
  };
}

/** Everyone who asks for the same shares one read, for as long as the memory of it is kept. */
export function shareAlways<T>(): Sharing<T> {
  const known = new Map<string, Promise<T>>();
  return (key, read) => {
    const shared = known.get(key) ?? read();
    known.set(key, shared);
    return shared;
  };
}
