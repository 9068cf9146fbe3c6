/** Keeps what was used last, up to so many bytes in all. */
export interface Memory<T> {
  get(key: string): T | undefined;
  /** What alone would take half of the room is not kept. */
  set(key: string, value: T): void;
}

export function createMemory<T>(maxBytes: number, sizeOf: (value: T) => number): Memory<T> {
  // In the order of use, the latest last.
  const kept = new Map<string, { readonly value: T; readonly bytes: number }>();
  let total = 0;

  function forget(key: string): void {
    total -= kept.get(key)?.bytes ?? 0;
    kept.delete(key);
  }

  return {
    get: (key) => {
      const found = kept.get(key);
      if (found === undefined) return undefined;
      kept.delete(key);
      kept.set(key, found);
      return found.value;
    },
    set: (key, value) => {
      forget(key);
      const bytes = sizeOf(value);
      if (bytes > maxBytes / 2) return;
      kept.set(key, { value, bytes });
      total += bytes;
      for (const oldest of kept.keys()) {
        if (total <= maxBytes) return;
        forget(oldest);
      }
    },
  };
}
