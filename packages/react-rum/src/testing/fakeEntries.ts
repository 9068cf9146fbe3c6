import { vi } from 'vitest';

/** The browser's timeline, as a test writes it. jsdom has none. */
export interface FakeEntries {
  /** Adds entries and tells who observes their type. Resolves after the microtasks that this leads to. */
  add(
    ...entries: readonly (Partial<PerformanceResourceTiming> & { readonly [field: string]: unknown })[]
  ): Promise<void>;
}

/** @param types Those that the browser knows. */
export function fakeEntries(...types: string[]): FakeEntries {
  type Told = (list: { getEntries(): readonly object[] }) => void;
  const observers = new Map<object, { readonly told: Told; readonly types: Set<string> }>();
  vi.stubGlobal(
    'PerformanceObserver',
    class {
      static readonly supportedEntryTypes = types;
      readonly #told: Told;
      constructor(told: Told) {
        this.#told = told;
      }
      observe({ type }: { readonly type: string }): void {
        const known = observers.get(this)?.types ?? new Set();
        observers.set(this, { told: this.#told, types: known.add(type) });
      }
      takeRecords(): readonly object[] {
        return [];
      }
      disconnect(): void {
        observers.delete(this);
      }
    },
  );
  return {
    async add(...entries) {
      for (const { told, types: wanted } of [...observers.values()]) {
        const mine = entries.filter(({ entryType = '' }) => wanted.has(entryType));
        if (mine[0]) told({ getEntries: () => mine });
      }
    },
  };
}
