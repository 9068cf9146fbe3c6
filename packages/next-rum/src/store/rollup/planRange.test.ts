import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bucketOf, GRAIN_MS, type Grain } from './grains.js';
import { type Knowledge, planRange, type Segment } from './planRange.js';

const DAY = GRAIN_MS.day;
const nothing: Knowledge = { since: { raw: 0, minute: 0, hour: 0, day: 0 }, dirty: [] };

test('a range of clean time is read from days, and its edges from what is finer', () => {
  const from = 10 * DAY + 90_000;
  const to = 13 * DAY + GRAIN_MS.hour + 60_001;

  expect(planRange({ from, to }, nothing)).toEqual([
    { source: 'raw', begins: from, ends: 10 * DAY + 120_000 },
    { source: 'minute', begins: 10 * DAY + 120_000, ends: 10 * DAY + GRAIN_MS.hour },
    { source: 'hour', begins: 10 * DAY + GRAIN_MS.hour, ends: 11 * DAY },
    { source: 'day', begins: 11 * DAY, ends: 13 * DAY },
    { source: 'hour', begins: 13 * DAY, ends: 13 * DAY + GRAIN_MS.hour },
    { source: 'minute', begins: 13 * DAY + GRAIN_MS.hour, ends: 13 * DAY + GRAIN_MS.hour + 60_000 },
    { source: 'raw', begins: 13 * DAY + GRAIN_MS.hour + 60_000, ends: to },
  ]);
});

test('a minute with news is read raw, and the half hour after it where a row reaches that far', () => {
  const minute = DAY + 10 * GRAIN_MS.hour;
  const knowledge: Knowledge = { ...nothing, dirty: [{ grain: 'minute', bucket: minute }] };
  const rawOf = (segments: readonly Segment[]): readonly Segment[] =>
    segments.filter(({ source }) => source === 'raw');
  const range = { from: 0, to: 3 * DAY };

  expect(rawOf(planRange(range, knowledge))).toEqual([
    { source: 'raw', begins: minute, ends: minute + 60_000 },
  ]);
  expect(rawOf(planRange(range, knowledge, { reach: 1_800_000 }))).toEqual([
    { source: 'raw', begins: minute, ends: minute + 31 * 60_000 },
  ]);
});

test('a day that counts values together is read from hours, and such an hour from what is finer', () => {
  const folded = [
    { grain: 'day', bucket: DAY },
    { grain: 'hour', bucket: DAY },
    { grain: 'minute', bucket: DAY },
  ] as const;

  expect(planRange({ from: 0, to: 3 * DAY }, { ...nothing, folded })).toEqual([
    { source: 'day', begins: 0, ends: DAY },
    { source: 'raw', begins: DAY, ends: DAY + 60_000 },
    { source: 'minute', begins: DAY + 60_000, ends: DAY + GRAIN_MS.hour },
    { source: 'hour', begins: DAY + GRAIN_MS.hour, ends: 2 * DAY },
    { source: 'day', begins: 2 * DAY, ends: 3 * DAY },
  ]);
});

const time = fc.nat(20 * DAY);
const grain = fc.constantFrom<Grain>('minute', 'hour', 'day');
const buckets = fc.array(
  fc.tuple(grain, time).map(([of, at]) => ({ grain: of, bucket: bucketOf(at, of) })),
  { maxLength: 40 },
);
const knowledge = fc.record({
  since: fc.record({
    raw: fc.nat(3).map((days) => days * DAY),
    minute: fc.nat(400).map((hours) => hours * GRAIN_MS.hour),
    hour: fc.nat(6).map((days) => days * DAY),
    day: fc.nat(6).map((days) => days * DAY),
  }),
  dirty: buckets,
  folded: buckets,
});

test('every moment is read once, from whole buckets that are right about it', () => {
  fc.assert(
    fc.property(
      fc.tuple(time, time),
      knowledge,
      fc.constantFrom(60_000, 1_800_000, 3 * GRAIN_MS.hour, DAY, 7 * DAY, 1000),
      fc.constantFrom(0, 1_800_000),
      ([a, b], known, step, reach) => {
        const range = { from: Math.min(a, b), to: Math.max(a, b) };
        const segments = planRange(range, known, { step, reach });

        let at = range.from;
        for (const { source, begins, ends } of segments) {
          expect(ends).toBeGreaterThan(begins);
          // Between two segments lies only what is not kept.
          if (begins !== at) expect(begins).toBeLessThanOrEqual(known.since.raw);
          at = ends;
          if (source === 'raw') continue;
          const length = GRAIN_MS[source];
          expect([begins % length, ends % length, step % length]).toEqual([0, 0, 0]);
          expect(begins).toBeGreaterThanOrEqual(known.since[source]);
          const finer = { minute: ['minute'], hour: ['minute', 'hour'], day: ['minute', 'hour', 'day'] };
          for (const mark of known.dirty) {
            if (!finer[source].includes(mark.grain)) continue;
            const end = mark.bucket + GRAIN_MS[mark.grain] + (mark.grain === 'minute' ? reach : 0);
            expect(mark.bucket < ends && end > begins).toBe(false);
          }
          for (const { grain: of, bucket } of known.folded) {
            expect(of === source && bucket >= begins && bucket < ends).toBe(false);
          }
        }
        if (at !== range.to) expect(range.to).toBeLessThanOrEqual(known.since.raw);
      },
    ),
    { numRuns: 2000 },
  );
});
