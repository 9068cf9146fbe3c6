import type { VitalName } from '@rumkit/react-rum/protocol';
import type { Interval } from '../server/api.js';

/** What of a vital's figures a change is told from. */
export interface Measured {
  readonly p75: number | null;
  readonly interval: Interval | null;
}

/** How a p75 moved between two spans of time. All vitals are better when lower. */
export interface Change {
  readonly from: number;
  readonly to: number;
  /** `to / from - 1`; null where `from` is 0. */
  readonly ratio: number | null;
  readonly direction: 'better' | 'worse' | 'same';
  /**
   * Whether the 95 % intervals of both stand apart, which is stricter than a test at 5 %: Schenker & Gentleman, "On Judging the
   * Significance of Differences by Examining the Overlap Between Confidence Intervals", The American Statistician 55 (2001).
   */
  readonly certain: boolean;
}

/** Null where one of the two has no value. */
export function changeBetween(before: Measured | undefined, now: Measured): Change | null {
  if (before === undefined || before.p75 === null || now.p75 === null) return null;
  const [from, to] = [before.p75, now.p75];
  return {
    from,
    to,
    ratio: from === 0 ? null : to / from - 1,
    direction: to === from ? 'same' : to < from ? 'better' : 'worse',
    certain: apart(before.interval, now.interval),
  };
}

function apart(a: Interval | null, b: Interval | null): boolean {
  return a !== null && b !== null && (a[1] < b[0] || b[1] < a[0]);
}

const WORDS = {
  time: { better: 'faster', worse: 'slower' },
  score: { better: 'lower', worse: 'higher' },
} as const;

/** A change in words: `12 % slower`, `unchanged`. */
export function changeWords(name: VitalName, { direction, ratio }: Change): string {
  if (direction === 'same') return 'unchanged';
  const word = WORDS[name === 'cls' ? 'score' : 'time'][direction];
  if (ratio === null) return word;
  const percent = Math.abs(ratio) * 100;
  return `${percent < 1 ? '<1' : Math.round(percent)} % ${word}`;
}
