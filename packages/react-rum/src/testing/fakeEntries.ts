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
  const observers = new Set<readonly [observer: object, type: string, told: Told]>();
  vi.stubGlobal(
    'PerformanceObserver',
    class {
      static readonly supportedEntryTypes = types;
      readonly #told: Told;
      constructor(told: Told) {
        this.#told = told;
      }
      observe({ type }: { readonly type: string }): void {
        observers.add([this, type, this.#told]);
      }
      takeRecords(): readonly object[] {
        return [];
      }
      disconnect(): void {
        for (const each of observers) if (each[0] === this) observers.delete(each);
      }
    },
  );
  return {
    add(...entries) {
      for (const [, type, told] of [...observers]) {
        const mine = entries.filter(({ entryType }) => entryType === type);
        if (mine[0]) told({ getEntries: () => mine });
      }
    },
  };
}
