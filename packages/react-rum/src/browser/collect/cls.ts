import { LONGEST_BURST_MS, LONGEST_PAUSE_MS } from '../limits.js';

/** https://wicg.github.io/layout-instability/ */
export interface LayoutShift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
  /** What moved, the largest first. */
  readonly sources: readonly { readonly node: Node | null }[];
}

/** Works out one navigation's metric after another's. */
export interface Cls {
  readonly value: number;
  /** The shifts that add up to it. */
  readonly entries: readonly LayoutShift[];
  add(shift: LayoutShift): void;
  /** Another navigation begins. */
  begin(): void;
}

/**
 * Cumulative Layout Shift: the largest sum of a burst of shifts that no input explains.
 *
 * @see https://web.dev/articles/cls
 */
export function createCls(): Cls {
  let value = 0;
  let entries: readonly LayoutShift[] = [];
  let burst: LayoutShift[] = [];
  let sum = 0;
  return {
    get value() {
      return value;
    },
    get entries() {
      return entries;
    },
    add(shift) {
      if (shift.hadRecentInput) return;
      const since = (other?: LayoutShift): number => shift.startTime - (other ?? shift).startTime;
      if (since(burst.at(-1)) >= LONGEST_PAUSE_MS || since(burst[0]) >= LONGEST_BURST_MS) {
        burst = [];
        sum = 0;
      }
      burst.push(shift);
      sum += shift.value;
      if (sum > value) {
        value = sum;
        entries = burst;
      }
    },
    begin() {
      value = sum = 0;
      entries = burst = [];
    },
  };
}
