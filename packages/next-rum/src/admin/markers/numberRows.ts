/** px: of a digit of a number on a chart, from a line to its number, and between two numbers. */
const [DIGIT, GAP, APART] = [7, 5, 3];
/** More would stand on what the chart shows. */
const MOST_ROWS = 6;

/** Where a number is on a chart. */
export interface PlacedNumber {
  readonly number: number;
  /** px */
  readonly x: number;
  /** Of `x` on which it stands. */
  readonly side: 'left' | 'right';
}

/**
 * Rows, from 0 at the top, in which numbers on a chart do not run into one another, in the order they were given in; null of one that
 * has no room in the upper {@link MOST_ROWS}.
 *
 * @example
 * ```ts
 * numberRows([
 *   { number: 1, x: 100, side: 'left' },
 *   { number: 2, x: 103, side: 'left' },
 *   { number: 3, x: 300, side: 'right' },
 * ]); // [0, 1, 0]
 * ```
 */
export function numberRows(numbers: readonly PlacedNumber[]): readonly (number | null)[] {
  const ends: number[] = [];
  const rows = new Map<PlacedNumber, number>();
  const placed = numbers.map((each) => ({ each, from: beginOf(each) }));
  for (const { each, from } of placed.sort((a, b) => a.from - b.from)) {
    const free = ends.findIndex((end) => end + APART <= from);
    const row = free === -1 ? ends.length : free;
    if (row === MOST_ROWS) continue;
    ends[row] = from + widthOf(each);
    rows.set(each, row);
  }
  return numbers.map((each) => rows.get(each) ?? null);
}

function beginOf(placed: PlacedNumber): number {
  return placed.side === 'right' ? placed.x + GAP : placed.x - GAP - widthOf(placed);
}

function widthOf({ number }: PlacedNumber): number {
  return String(number).length * DIGIT;
}
