import { expect, test } from 'vitest';
import { type EventSeries, scoreEvents, underEventRules } from './eventRules.js';
import type { Series } from './seriesFile.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function seriesOf(rows: number, stepMs: number, labelled: readonly number[]): Series {
  return {
    name: 'group/series.csv',
    stamps: [],
    times: Float64Array.from({ length: rows }, (_, row) => Date.UTC(2026, 10, 26) + row * stepMs),
    values: new Float64Array(rows),
    labels: Array.from({ length: rows }, (_, row) => labelled.includes(row)),
  };
}

/** Scores the alarms at these rows of one series. */
function score(series: EventSeries, alarms: readonly number[]) {
  return scoreEvents([series], (_index, row) => alarms.includes(row));
}

test('labelled rows with at most one other between them are one event', () => {
  const { eventOf } = underEventRules(seriesOf(12, HOUR, [2, 3, 5, 8, 11]));
  expect(Array.from(eventOf)).toEqual([-1, -1, 0, 0, -1, 0, -1, -1, 1, -1, -1, 2]);
});

test.each([
  // 15 % of 336 rows, which leaves 286 hours.
  ['a share of the rows', 336, HOUR, 50, 286 / 168],
  // Seven of 100 days, where a share would be 15; 93 days are left.
  ['a week', 100, DAY, 7, 93 / 7],
] as const)('the time for learning is %s', (_name, rows, step, scoredFrom, weeks) => {
  const series = underEventRules(seriesOf(rows, step, []));
  expect(series.scoredFrom).toBe(scoredFrom);
  expect(series.weeks).toBeCloseTo(weeks, 9);
});

test('the step is the one that most rows have, whatever gap there is', () => {
  const { times, ...rest } = seriesOf(100, HOUR, []);
  const withGap = underEventRules({
    ...rest,
    times: times.map((time, row) => (row < 50 ? time : time + 9 * DAY)),
  });
  expect(withGap.weeks).toBeCloseTo(85 / 168, 9);
});

test('a series without labels has no events to find', () => {
  expect(() => underEventRules({ ...seriesOf(10, HOUR, []), labels: null })).toThrow(
    new RangeError('group/series.csv has no labels'),
  );
});

/** Of 100 hours the first 15 are for learning; the events are of the rows 20–24, 40 and 42, and 60. */
const hours = underEventRules(seriesOf(100, HOUR, [20, 21, 22, 23, 24, 40, 42, 60]));

test.each<readonly [string, readonly number[], readonly [detected: number, falseAlarms: number]]>([
  ['nothing', [], [0, 0]],
  ['one event, many times', [20, 21, 24], [1, 0]],
  ['every event once', [24, 42, 60], [3, 0]],
  ['the row between two of an event, which is not labelled', [41], [0, 1]],
  ['rows beside an event', [19, 25], [0, 2]],
  ['rows for learning', [0, 14], [0, 0]],
])('alarms at %s', (_name, alarms, [detected, falseAlarms]) => {
  expect(score(hours, alarms)).toMatchObject({ events: 3, detected, falseAlarms });
});

test('an alarm that does not stop is a false one each hour', () => {
  const minutes = underEventRules(seriesOf(400, MINUTE, [399]));
  expect(minutes.scoredFrom).toBe(60);
  const from = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index);
  expect(score(minutes, from(100, 60)).falseAlarms).toBe(1);
  expect(score(minutes, from(100, 61)).falseAlarms).toBe(2);
  expect(score(minutes, from(100, 121)).falseAlarms).toBe(3);
  expect(score(minutes, [100, 159, 219]).falseAlarms).toBe(2);
});

test('an event that begins while learning counts by what comes after, and one that ends there does not', () => {
  const series = underEventRules(seriesOf(100, HOUR, [3, 4, 14, 15, 16]));
  expect(score(series, [4, 14])).toMatchObject({ events: 1, detected: 0, falseAlarms: 0 });
  expect(score(series, [16])).toMatchObject({ events: 1, detected: 1, recall: 1, precision: 1, f1: 1 });
});

test('precision, recall, their harmonic mean and the rate are of all series together', () => {
  const other = underEventRules(seriesOf(100, HOUR, [50]));
  const alarms = [[20, 30, 40], [30]];
  const scored = scoreEvents([hours, other], (index, row) => alarms[index]?.includes(row) ?? false);
  // Two of four events, with two false alarms, in twice 85 hours.
  expect(scored).toMatchObject({
    events: 4,
    detected: 2,
    falseAlarms: 2,
    precision: 0.5,
    recall: 0.5,
    f1: 0.5,
  });
  expect(scored.falseAlarmsPerWeek).toBeCloseTo(2 / (170 / 168), 9);
  expect(score(hours, [])).toMatchObject({ precision: 0, recall: 0, f1: 0, falseAlarmsPerWeek: 0 });
  // Three of three, with one false alarm: 2 × ¾ / (¾ + 1).
  expect(score(hours, [20, 30, 40, 60]).f1).toBeCloseTo(6 / 7, 9);
});
