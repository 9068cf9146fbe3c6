import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ANOMALY_FEATURES,
  type AnomalyDetector,
  type AnomalyDetectorState,
  type AnomalyResult,
  type SeriesPoint,
} from './anomalyDetector.js';
import { createAnomalyDetector } from './createAnomalyDetector.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MONDAY = Date.parse('2026-03-02T00:00:00Z');

/** Even noise from -1 to 1, the same each time. */
function noise(index: number): number {
  const x = Math.sin(index * 12.9898) * 43_758.5453;
  return 2 * (x - Math.floor(x)) - 1;
}

/** Views by the hour: busy by day, quiet by night and on weekends. */
function viewsAt(t: number): number {
  const hour = Math.floor(t / HOUR) % 24;
  const isWeekend = [6, 0].includes(new Date(t).getUTCDay());
  const base = 500 + 400 * Math.sin(((hour - 8) / 24) * 2 * Math.PI);
  return Math.round(base * (isWeekend ? 0.6 : 1) * (1 + 0.05 * noise(t / HOUR)));
}

function hours(count: number, valueAt = viewsAt, start = MONDAY): SeriesPoint[] {
  return Array.from({ length: count }, (_, index) => {
    const t = start + index * HOUR;
    return { t, value: valueAt(t) };
  });
}

function pushAll(detector: AnomalyDetector, points: readonly SeriesPoint[]): AnomalyResult[] {
  return points.map((point) => detector.push(point));
}

function throughText(state: AnomalyDetectorState): AnomalyDetectorState {
  return JSON.parse(JSON.stringify(state)) as AnomalyDetectorState;
}

const distance = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(60_000, 300_000, HOUR) },
  { weight: 1, arbitrary: fc.integer({ min: -HOUR, max: 30 * DAY }) },
);
const value = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 100 }) },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
);
const series = fc
  .tuple(
    fc.integer({ min: -1e12, max: 2e12 }),
    fc.array(fc.tuple(distance, value, fc.option(fc.nat(500), { nil: undefined })), { maxLength: 300 }),
  )
  .map(([start, steps]) => {
    let t = start;
    return steps.map(([after, each, n]): SeriesPoint => {
      t += after;
      return n === undefined ? { t, value: each } : { t, value: each, n };
    });
  });

test('a point is judged by those before it alone, and a restart changes nothing', () => {
  fc.assert(
    fc.property(series, fc.double({ min: 0, max: 1, noNaN: true }), (points, share) => {
      const whole = pushAll(createAnomalyDetector(), points);
      const cut = Math.floor(share * points.length);
      const detector = createAnomalyDetector();
      expect(pushAll(detector, points.slice(0, cut))).toEqual(whole.slice(0, cut));
      const again = createAnomalyDetector({ state: throughText(detector.save()) });
      expect(pushAll(again, points.slice(cut))).toEqual(whole.slice(cut));
    }),
    { numRuns: 60 },
  );
});

/** Longer than what all that was seen counts half after: 4,096 values. */
const longSeries = fc
  .tuple(
    fc.integer({ min: 4097, max: 9000 }),
    fc.constantFrom(60_000, 300_000, HOUR),
    fc.integer({ min: 0, max: 1000 }),
    fc.array(fc.tuple(fc.nat(9000), fc.double({ min: -1e6, max: 1e6, noNaN: true })), { maxLength: 20 }),
  )
  .map(([count, step, seed, odd]) => {
    const values = Array.from({ length: count }, (_, index) => {
      const t = MONDAY + index * step;
      return { t, value: viewsAt(t) * (1 + 0.1 * noise(index + seed)) };
    });
    for (const [place, each] of odd) if (values[place]) values[place].value = each;
    return values;
  });

test('so it is once what was seen was halved, wherever it is cut', () => {
  fc.assert(
    fc.property(
      longSeries,
      fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(null)),
      fc.integer({ min: 4000, max: 4200 }),
      (points, share, near) => {
        const whole = pushAll(createAnomalyDetector(), points);
        const cut = share === null ? Math.min(near, points.length) : Math.floor(share * points.length);
        const detector = createAnomalyDetector();
        expect(pushAll(detector, points.slice(0, cut))).toEqual(whole.slice(0, cut));
        const again = createAnomalyDetector({ state: throughText(detector.save()) });
        expect(pushAll(again, points.slice(cut))).toEqual(whole.slice(cut));
      },
    ),
    { numRuns: 12 },
  );
});

test('whatever comes, every result is made of finite numbers', () => {
  fc.assert(
    fc.property(series, (points) => {
      for (const { score, expected, contributions } of pushAll(createAnomalyDetector(), points)) {
        expect(Number.isFinite(score) && score >= 0).toBe(true);
        for (const bound of expected ?? []) expect(Number.isFinite(bound)).toBe(true);
        for (const feature of ANOMALY_FEATURES)
          expect(contributions[feature] >= 0 && contributions[feature] <= 5).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

describe('after five weeks of a weekly rhythm', () => {
  const usual = hours(35 * 24);
  const state = (() => {
    const detector = createAnomalyDetector();
    pushAll(detector, usual);
    return detector.save();
  })();
  const end = MONDAY + 35 * DAY;
  const resultOf = (hour: number, factor: number): AnomalyResult => {
    const detector = createAnomalyDetector({ state });
    const points = hours(hour + 1, viewsAt, end);
    const last = points.pop();
    pushAll(detector, points);
    return detector.push({ t: last?.t ?? 0, value: Math.round((last?.value ?? 0) * factor) });
  };

  test('another week of it is nothing', () => {
    const results = pushAll(createAnomalyDetector({ state }), hours(7 * 24, viewsAt, end));
    expect(results.filter(({ isAnomaly }) => isAnomaly)).toEqual([]);
    const inBand = results.filter(({ expected }, index) => {
      const views = viewsAt(end + index * HOUR);
      return expected && views >= expected[0] && views <= expected[1];
    });
    expect(inBand.length).toBeGreaterThan(0.93 * results.length);
  });

  test('twice the peak is an anomaly, and high', () => {
    const { isAnomaly, contributions } = resultOf(14, 2);
    expect(isAnomaly).toBe(true);
    expect(contributions.high).toBeGreaterThan(1);
    expect(contributions.low).toBe(0);
  });

  test('silence at the busiest hour is an anomaly, and low', () => {
    const { isAnomaly, contributions, expected } = resultOf(14, 0);
    expect(isAnomaly).toBe(true);
    expect(contributions.low).toBeGreaterThan(1);
    expect(expected?.[0]).toBeGreaterThan(500);
  });

  test('the views of noon at night are an anomaly, though neither high nor low', () => {
    const { isAnomaly, contributions } = resultOf(26, 6);
    expect(isAnomaly).toBe(true);
    expect(contributions.high).toBe(0);
    expect(contributions.timeOfDay).toBeGreaterThan(1);
    expect(contributions.hourOfWeek).toBeGreaterThan(1);
  });

  test('what lasts is said for some days, and then the new way of things is learnt', () => {
    const shifted = hours(28 * 24, (t) => 3 * viewsAt(t), end);
    const results = pushAll(createAnomalyDetector({ state }), shifted);
    const alarms = results.flatMap(({ isAnomaly }, index) => (isAnomaly ? [Math.floor(index / 24)] : []));
    expect(alarms[0]).toBe(0);
    expect(alarms.filter((day) => day >= 7)).toEqual([]);
  });

  test('a small sample that is off is no anomaly where a usual one is', () => {
    const learnt = createAnomalyDetector();
    pushAll(
      learnt,
      usual.map((point) => ({ ...point, n: 1000 })),
    );
    const saved = learnt.save();
    const next = { t: end, value: 3 * viewsAt(end) };
    expect(createAnomalyDetector({ state: saved }).push({ ...next, n: 1000 }).isAnomaly).toBe(true);
    expect(createAnomalyDetector({ state: saved }).push({ ...next, n: 5 }).isAnomaly).toBe(false);
  });
});

test('a rhythm by the clock on the wall goes on through the end of winter time', () => {
  const berlin = 'Europe/Berlin';
  const local = new Intl.DateTimeFormat('en-US', { timeZone: berlin, hour: 'numeric', hourCycle: 'h23' });
  // A job at three o'clock there: an hour earlier in UTC from 29 March on.
  const valueAt = (t: number) => (Number(local.format(t)) === 3 ? 900 : 100) + 3 * noise(t / HOUR);
  const points = hours(32 * 24, valueAt);
  const surpriseIn = (timeZone: string) => {
    const results = pushAll(createAnomalyDetector({ timeZone }), points);
    const atTheJob = results.filter((_, index) => index >= 28 * 24 && (points[index]?.value ?? 0) > 500);
    return Math.max(...atTheJob.map(({ contributions }) => contributions.timeOfDay));
  };
  expect(surpriseIn('UTC')).toBeGreaterThan(1);
  expect(surpriseIn(berlin)).toBeLessThan(0.5);
});

test('nothing is an anomaly on the first day', () => {
  const results = pushAll(
    createAnomalyDetector(),
    Array.from({ length: 1440 }, (_, index) => ({
      t: MONDAY + index * 60_000,
      value: index === 1000 ? 1e6 : 5,
    })),
  );
  expect(results[1000]?.score).toBeGreaterThan(5);
  expect(results.some(({ isAnomaly }) => isAnomaly)).toBe(false);
});

test('of the same, the one that is looked at more often must be the more improbable', () => {
  const scoreAt = (step: number) => {
    const detector = createAnomalyDetector();
    for (let index = 0; index < 20; index += 1) detector.push({ t: index * step, value: noise(index) });
    for (let index = 20; index < 300; index += 1)
      detector.push({ t: index * step, value: 100 + noise(index) });
    return detector.push({ t: 300 * step, value: 110 }).score;
  };
  expect(scoreAt(60_000)).toBeGreaterThan(0);
  // All but the seasons, which 300 minutes know nothing of.
  expect(scoreAt(60_000) - scoreAt(6000)).toBeCloseTo(1, 6);
});

test('a state is at most 64 KB of JSON, however long the series', () => {
  const detector = createAnomalyDetector();
  for (let index = 0; index < 70_000; index += 1)
    detector.push({ t: MONDAY + index * 300_000, value: 1000 * noise(index) });
  expect(JSON.stringify(detector.save()).length).toBeLessThanOrEqual(64 * 1024);
});

describe('bad input', () => {
  test.each([
    ['a value that is no number', { t: MONDAY, value: Number.NaN }],
    ['an infinite value', { t: MONDAY, value: Number.POSITIVE_INFINITY }],
    ['a value of minus infinity', { t: MONDAY, value: Number.NEGATIVE_INFINITY }],
    ['a time that is no number', { t: Number.NaN, value: 1 }],
    ['an infinite time', { t: Number.POSITIVE_INFINITY, value: 1 }],
    ['a time that no date goes to', { t: 1e300, value: 1 }],
    ['a negative sample size', { t: MONDAY, value: 1, n: -1 }],
    ['a sample size that is no number', { t: MONDAY, value: 1, n: Number.NaN }],
  ])('%s is refused, and nothing of it is learnt', (_name, point) => {
    const detector = createAnomalyDetector();
    pushAll(detector, hours(100));
    const before = detector.save();
    expect(() => detector.push(point)).toThrow(RangeError);
    expect(detector.save()).toEqual(before);
  });

  test.each([
    ['a zone that does not exist', { timeZone: 'Mars/Olympus' }],
    ['a threshold of 0', { threshold: 0 }],
    ['a threshold that is no number', { threshold: Number.NaN }],
    ['a state that is cut off', { state: { version: 1, numbers: 'AAAAAAAA8D8=' } as const }],
    ['a state of another version', { state: { version: 2, numbers: '' } as unknown as AnomalyDetectorState }],
  ])('%s is refused', (_name, options) => {
    expect(() => createAnomalyDetector(options)).toThrow(RangeError);
  });

  test('a state with more in it than there should be is refused', () => {
    const { numbers } = createAnomalyDetector().save();
    expect(() => createAnomalyDetector({ state: { version: 1, numbers: `AAAAAAAA8D8A${numbers}` } })).toThrow(
      RangeError,
    );
  });

  test('a point before the last one is neither judged nor learnt', () => {
    const detector = createAnomalyDetector();
    pushAll(detector, hours(100));
    const before = detector.save();
    expect(detector.push({ t: MONDAY, value: 1e9 })).toMatchObject({ score: 0, isAnomaly: false });
    expect(detector.save()).toEqual(before);
  });

  test('a sample of none is neither judged nor learnt', () => {
    const detector = createAnomalyDetector();
    pushAll(detector, hours(100));
    const before = detector.save();
    expect(detector.push({ t: MONDAY + 100 * HOUR, value: 1e9, n: 0 })).toMatchObject({ score: 0 });
    expect(detector.save()).toEqual(before);
  });

  test('two points of the same time are both judged', () => {
    const detector = createAnomalyDetector();
    pushAll(detector, hours(1000));
    const t = MONDAY + 1000 * HOUR;
    expect(detector.push({ t, value: viewsAt(t) }).isAnomaly).toBe(false);
    expect(detector.push({ t, value: 1e5 }).isAnomaly).toBe(true);
  });

  test('the first points after a gap of weeks are no anomaly', () => {
    const detector = createAnomalyDetector();
    pushAll(detector, hours(28 * 24));
    const results = pushAll(detector, hours(48, viewsAt, MONDAY + 70 * DAY + 12 * HOUR));
    expect(results.some(({ isAnomaly }) => isAnomaly)).toBe(false);
  });

  test.each([
    ['a minute', 60_000],
    ['an hour', HOUR],
    ['a day', DAY],
  ])('a constant series, a point %s, is never an anomaly until it changes', (_name, step) => {
    const detector = createAnomalyDetector();
    for (let index = 0; index < 3000; index += 1)
      expect(detector.push({ t: MONDAY + index * step, value: 7 }).score).toBe(0);
    expect(detector.push({ t: MONDAY + 3000 * step, value: 7.5 }).isAnomaly).toBe(true);
  });

  test('a point a day is judged once there were seven weeks of them', () => {
    const detector = createAnomalyDetector();
    for (let day = 0; day < 90; day += 1)
      expect(detector.push({ t: MONDAY + day * DAY, value: 100 + 5 * noise(day) }).isAnomaly).toBe(false);
    expect(detector.push({ t: MONDAY + 90 * DAY, value: 300 }).isAnomaly).toBe(true);
  });

  test.each([1e308, -1e308])('%d is an anomaly, and one like before is not', (extreme) => {
    const detector = createAnomalyDetector();
    pushAll(detector, hours(35 * 24));
    expect(detector.push({ t: MONDAY + 35 * DAY, value: extreme }).isAnomaly).toBe(true);
    const after = pushAll(detector, hours(14 * 24, viewsAt, MONDAY + 35 * DAY + HOUR));
    expect(after.some(({ isAnomaly }) => isAnomaly)).toBe(false);
    const silence = detector.push({ t: MONDAY + 49 * DAY + 13 * HOUR, value: 0 });
    expect(silence.isAnomaly).toBe(true);
  });

  test('-0 is 0', () => {
    const [one, other] = [0, -0].map((zero) => {
      const detector = createAnomalyDetector();
      pushAll(
        detector,
        hours(100, (t) => (t % (2 * HOUR) === 0 ? zero : 1)),
      );
      return detector.save();
    });
    expect(one).toEqual(other);
  });
});
