import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { NOON, randomFrom } from '../../../testing/rows.js';
import { bucketOf } from '../../rollup/grains.js';
import { firstIdOf, idRangesOf, timeOf } from './idRanges.js';

const DAY = 86_400_000;
const TODAY = bucketOf(NOON, 'day');

test('the first id of a moment is not above any id of it, and above all before', () => {
  for (const time of [0, 1, TODAY, NOON, 2 ** 48 - 2]) {
    expect(firstIdOf(time) <= idAt(time)).toBe(true);
    expect(idAt(time) < firstIdOf(time + 1)).toBe(true);
    expect(timeOf(idAt(time))).toBe(time);
    expect(firstIdOf(time)).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  }
});

test('every id is in exactly one range, that of its day where there is one', () => {
  const days = [TODAY, TODAY + DAY, TODAY + 4 * DAY, TODAY + 5 * DAY];
  const ranges = idRangesOf(days.map((begins) => ({ begins, ends: begins + DAY })));
  const random = randomFrom(1);
  const times = [
    ...days.flatMap((day) => [day - 1, day, day + DAY - 1, day + DAY]),
    ...Array.from({ length: 500 }, () => TODAY + Math.floor((random() - 0.3) * 12 * DAY)),
    0,
  ];
  for (const id of [...times.map((time) => idAt(time)), '', 'zzz', 'no id at all']) {
    const found = ranges.filter((range) => holds(range.condition, id));
    const at = Number.parseInt(id.replace('-', '').slice(0, 12), 16);
    const day = days.find((start) => at >= start && at < start + DAY) ?? null;
    expect(found.map(({ span }) => span?.begins ?? null)).toEqual([day]);
  }
});

test('without days there is one range, of everything', () => {
  expect(idRangesOf([])).toEqual([{ span: null, condition: { texts: ['true'], values: [] } }]);
});

/** Evaluates a condition made of comparisons with bound values, AND, OR and brackets. */
function holds(
  { texts, values }: { texts: readonly string[]; values: readonly unknown[] },
  id: string,
): boolean {
  const outcomes = values.map((value, index) => {
    const before = texts[index] ?? '';
    return before.endsWith('>= ') ? id >= String(value) : id < String(value);
  });
  const text = texts
    .map(
      (piece, index) => piece.replace(/id (>=|<) $/, '') + (index < outcomes.length ? outcomes[index] : ''),
    )
    .join('');
  return text
    .replace(/\((true|false) AND (true|false)\)/g, (_, a, b) => String(a === 'true' && b === 'true'))
    .includes('true');
}

/** Any UUIDv7 of a moment. */
function idAt(time: number): string {
  const hex = time.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${randomUUID().slice(15)}`;
}
