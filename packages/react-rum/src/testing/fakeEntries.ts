import { vi } from 'vitest';

/** The browser's timeline, as a test writes it. jsdom has none. */
export interface FakeEntries {
  /** Adds entries and tells who observes their type. */
  add(
    ...entries: readonly (Partial<PerformanceResourceTiming> & { readonly [field: string]: unknown })[]
  ): void;
}

/** @param types Those that the browser knows. */
export function fakeEntries(...types: string[]): FakeEntries {
  type Told = (list: { getEntries(): readonly object[] }) => void;
  const observers = new Map<object, readonly [type: string, told: Told]>();
  vi.stubGlobal(
    'PerformanceObserver',
    class {
      static readonly supportedEntryTypes = types;
      readonly #told: Told;
      constructor(told: Told) {
        this.#told = told;
      }
      observe({ type }: { readonly type: string }): void {
        observers.set(this, [type, this.#told]);
      }
      disconnect(): void {
        observers.delete(this);
      }
    },
  );
  return {
    add(...entries) {
      for (const [type, told] of [...observers.values()]) {
        const mine = entries.filter(({ entryType }) => entryType === type);
        if (mine[0]) told({ getEntries: () => mine });
      }
    },
  };
}
