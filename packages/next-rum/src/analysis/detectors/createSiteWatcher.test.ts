import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWallClock } from '../anomaly/wallClock.js';
import { addToBin, emptyHistogram, histogramBin, type LogHistogram } from '../logHistogram.js';
import { createSiteWatcher } from './createSiteWatcher.js';
import { type SegmentCounts, type SiteBucket, segmentKey, type Where } from './segment.js';
import type { Incident, SiteNews, SiteWatcher } from './siteWatcher.js';

const HOUR = 3_600_000;
const MONDAY = Date.parse('2026-03-02T00:00:00Z');
const wallClock = createWallClock('Europe/Berlin');
const STEP = { timeZone: 'Europe/Berlin', step: HOUR, metrics: ['lcp'] };

interface Conditions {
  readonly views?: number;
  /** By what LCP is multiplied in Safari. */
  readonly slower?: number;
  /** Share of views with an error. */
  readonly errors?: number;
}

/** The same 20 times each hour, for Chrome and for Safari. */
function bucketAt(hour: number, { views = 400, slower = 1, errors = 0.01 }: Conditions = {}): SiteBucket {
  const t = MONDAY + hour * HOUR;
  // By night a third as many, by the clock there: it changes in the fourth week.
  const isNight = Math.floor(wallClock(t) / HOUR) % 24 < 8;
  const n = Math.round(views * (isNight ? 0.3 : 1) * (1 + 0.1 * Math.sin(hour * 7)));
  const segments = [
    segment({}, n, errors, [1, slower]),
    segment({ browser: 'Chrome' }, n / 2, errors, [1]),
    segment({ browser: 'Safari' }, n / 2, errors, [slower]),
  ];
  return { t, segments: n === 0 ? [] : segments };
}

function segment(where: Where, views: number, errors: number, factors: readonly number[]): SegmentCounts {
  const lcp: LogHistogram = emptyHistogram();
  for (const factor of factors)
    for (let step = 0; step < 20; step += 1)
      addToBin(lcp, histogramBin(factor * 800 * 1.08 ** step), views / 20 / factors.length);
  return { key: segmentKey(where), where, views, errorViews: Math.round(views * errors), vitals: { lcp } };
}

function pushHours(watcher: SiteWatcher, from: number, to: number, conditions?: Conditions) {
  const opened: Incident[] = [];
  const resolved: Incident[] = [];
  const turned: Incident[] = [];
  for (let hour = from; hour < to; hour += 1) {
    const news = watcher.push(bucketAt(hour, conditions));
    opened.push(...news.opened);
    resolved.push(...news.resolved);
    turned.push(...news.turned);
  }
  return { opened, resolved, turned };
}

const CALM = 22 * 24;

test('a quiet site is left alone', () => {
  const watcher = createSiteWatcher(STEP);
  expect(pushHours(watcher, 0, 35 * 24)).toEqual({ opened: [], resolved: [], turned: [] });
  expect(watcher.open()).toEqual([]);
});

test('one browser gets slower: one incident, its cause, and its end', () => {
  const watcher = createSiteWatcher(STEP);
  pushHours(watcher, 0, CALM);
  const { opened } = pushHours(watcher, CALM, CALM + 12, { slower: 1.6 });
  expect(opened).toHaveLength(1);
  const [incident] = opened;
  expect(incident).toMatchObject({
    metric: 'lcp',
    since: MONDAY + CALM * HOUR,
  });
  expect(incident?.openedAt).toBeLessThanOrEqual(MONDAY + (CALM + 3) * HOUR);
  expect(incident?.threshold).toBeGreaterThan(2000);
  const buckets = Array.from({ length: 12 }, (_, hour) => bucketAt(CALM + hour, { slower: 1.6 }));
  const causes = incident && watcher.explain(incident, buckets).causes;
  expect(causes?.[0]?.places).toEqual([{ browser: 'Safari' }]);
  expect(causes?.[0]?.power).toBeCloseTo(1, 1);

  const after = pushHours(watcher, CALM + 12, CALM + 36);
  expect(after.resolved).toEqual([incident]);
  expect(after.opened).toEqual([]);
  expect(watcher.open()).toEqual([]);
});

test('what is usual in a bucket is told with a band, before an incident and during it', () => {
  const watcher = createSiteWatcher(STEP);
  expect(watcher.measure({ metric: 'lcp', where: {} }, bucketAt(0))).toBeNull();
  pushHours(watcher, 0, CALM);
  const bucket = bucketAt(CALM, { slower: 1.6 });
  const where = { browser: 'Safari' };
  const site = bucket.segments.find(({ key }) => key === segmentKey(where));
  const measured = watcher.measure({ metric: 'lcp', where }, bucket);
  expect(measured).toMatchObject({ n: expect.closeTo(site?.views ?? 0, 6) });
  expect(measured?.expected).toBeCloseTo(0.25 * (site?.views ?? 0), -1);
  expect(measured?.count).toBeGreaterThan(measured?.high ?? Number.POSITIVE_INFINITY);
  const calm = watcher.measure({ metric: 'lcp', where }, bucketAt(CALM));
  expect(calm?.count).toBeLessThanOrEqual(calm?.high ?? 0);
  expect(calm?.count).toBeGreaterThanOrEqual(calm?.low ?? Number.POSITIVE_INFINITY);

  const silent = watcher.measure({ metric: 'silence', where: {} }, bucketAt(CALM, { views: 0 }));
  expect(silent).toMatchObject({ n: 0, count: 0 });
  expect(silent?.low).toBeGreaterThan(0);
  expect(watcher.measure({ metric: 'lcp', where: { browser: 'Opera' } }, bucket)).toBeNull();
});

test('errors of a twentieth of the views are an incident, twice as many as few are none', () => {
  const watcher = createSiteWatcher(STEP);
  pushHours(watcher, 0, CALM);
  expect(pushHours(watcher, CALM, CALM + 3, { errors: 0.05 }).opened).toMatchObject([{ metric: 'errors' }]);

  const small = createSiteWatcher(STEP);
  pushHours(small, 0, CALM, { views: 12 });
  expect(pushHours(small, CALM, CALM + 24, { views: 12, errors: 0.02 }).opened).toEqual([]);
});

test('silence of the whole site is one incident, and the first view ends it', () => {
  const watcher = createSiteWatcher(STEP);
  pushHours(watcher, 0, CALM);
  const { opened } = pushHours(watcher, CALM, CALM + 12, { views: 0 });
  expect(opened).toMatchObject([{ metric: 'silence', where: {}, since: MONDAY + CALM * HOUR, count: 0 }]);
  const first = pushHours(watcher, CALM + 12, CALM + 13);
  expect(first).toMatchObject({ opened: [], resolved: [{ metric: 'silence' }] });
  expect(pushHours(watcher, CALM + 13, CALM + 60).opened).toEqual([]);
});

/** An outage from within an hour on until within another one, and the hours around it. */
function outage(watcher: SiteWatcher, from: number, hours: number, left: number, back: number): SiteNews[] {
  const all: SiteNews[] = [];
  for (let hour = from - 48; hour < from + hours + 72; hour += 1) {
    const views =
      hour === from ? left : hour === from + hours ? back : hour > from && hour < from + hours ? 0 : 1;
    all.push(watcher.push(bucketAt(hour, { views: 400 * views })));
  }
  return all;
}

test.each([
  ['two fifths of an hour came before it', 0.4, 1],
  ['hardly anybody came before it, and few after it', 0.1, 0.2],
  ['none came before it, and few after it', 0, 0.3],
  ['most of an hour came before it', 0.9, 0.9],
])('an outage is one incident until people are back: %s', (_name, left, back) => {
  const watcher = createSiteWatcher(STEP);
  pushHours(watcher, 0, CALM - 48);
  const noon = CALM + 11;
  pushHours(watcher, CALM - 48, noon - 48);
  const news = outage(watcher, noon, 9, left, back);
  const opened = news.flatMap((each) => each.opened);
  const resolved = news.flatMap((each) => each.resolved);
  expect(opened).toHaveLength(1);
  expect(opened[0]?.metric).toBe(left > 0 && left < 0.65 ? 'traffic' : 'silence');
  expect(resolved).toMatchObject([{ openedAt: opened[0]?.openedAt, since: opened[0]?.since }]);
  const turned = news.flatMap((each) => each.turned.map(({ metric }) => metric));
  expect(turned).toEqual([
    ...(left > 0 && left < 0.65 ? ['silence'] : []),
    ...(back < 0.65 ? ['traffic'] : []),
  ]);
  expect(news.findIndex((each) => each.resolved.length > 0)).toBeGreaterThanOrEqual(48 + 9);
  expect(watcher.open()).toEqual([]);
});

test('what stays slow is over after three weeks, and the new usual', () => {
  const watcher = createSiteWatcher(STEP);
  pushHours(watcher, 0, CALM);
  const { opened, resolved } = pushHours(watcher, CALM, CALM + 21 * 24, { slower: 1.6 });
  expect(opened).toHaveLength(1);
  expect(resolved).toEqual([]);
  const after = pushHours(watcher, CALM + 21 * 24, CALM + 22 * 24, { slower: 1.6 });
  expect(after).toEqual({ opened: [], resolved: opened, turned: [] });
  expect(pushHours(watcher, CALM + 22 * 24, CALM + 40 * 24, { slower: 1.6 }).opened).toEqual([]);
  expect(pushHours(watcher, CALM + 40 * 24, CALM + 41 * 24, { slower: 3 }).opened).toHaveLength(1);
});

test('an incident where nobody comes any more is over after three days', () => {
  const watcher = createSiteWatcher(STEP);
  const news = (from: number, to: number, slower: number | null) => {
    const all = { opened: [] as Incident[], resolved: [] as Incident[] };
    for (let hour = from; hour < to; hour += 1) {
      const { t, segments } = bucketAt(hour);
      const ofRoute = slower === null ? [] : [segment({ route: '/old' }, 40, 0, [slower])];
      const { opened, resolved } = watcher.push({ t, segments: [...segments, ...ofRoute] });
      all.opened.push(...opened);
      all.resolved.push(...resolved);
    }
    return all;
  };
  news(0, CALM, 1);
  const { opened } = news(CALM, CALM + 24, 2);
  expect(opened).toMatchObject([{ metric: 'lcp', where: { route: '/old' } }]);
  expect(news(CALM + 24, CALM + 24 + 71, null).resolved).toEqual([]);
  expect(news(CALM + 24 + 71, CALM + 24 + 72, null).resolved).toEqual(opened);
});

test('prefixes are judged alike, and a restart changes nothing', () => {
  const whole = createSiteWatcher(STEP);
  const hours = 30 * 24;
  const conditions = (hour: number): Conditions => (hour >= CALM ? { slower: 1.6, errors: 0.04 } : {});
  const all = Array.from({ length: hours }, (_, hour) => whole.push(bucketAt(hour, conditions(hour))));
  expect(all.flatMap(({ opened }) => opened).length).toBeGreaterThan(0);
  let watcher = createSiteWatcher(STEP);
  for (let hour = 0; hour < hours; hour += 1) {
    if (hour % 97 === 50 || hour === CALM + 4)
      watcher = createSiteWatcher({ ...STEP, state: JSON.parse(JSON.stringify(watcher.save())) });
    expect(watcher.push(bucketAt(hour, conditions(hour)))).toEqual(all[hour]);
  }
  expect(JSON.stringify(watcher.save())).toBe(JSON.stringify(whole.save()));
  const { lcp } = watcher.save().metrics;
  for (const text of Object.values(lcp?.segments ?? {})) expect(text.length).toBeLessThan(65_536);
});

const phase = fc.record({
  hours: fc.integer({ min: 1, max: 60 }),
  views: fc.constantFrom(0, 4, 30, 150, 400, 400, 400),
  slower: fc.constantFrom(1, 1, 1.3, 2),
  errors: fc.constantFrom(0.01, 0.01, 0.05, 0.3),
  /** Hours that nobody tells of. */
  missing: fc.constantFrom(0, 0, 1, 30),
  /** How far back the last bucket is told once more. */
  again: fc.constantFrom(0, 0, 5),
});
const siteSeries = fc
  .tuple(fc.integer({ min: 24, max: 400 }), fc.constantFrom(6, 30, 400), fc.array(phase, { maxLength: 12 }))
  .map(([calm, views, phases]) => {
    const buckets = Array.from({ length: calm }, (_, hour) => bucketAt(hour, { views }));
    let hour = calm;
    for (const { hours, missing, again, ...conditions } of phases) {
      for (let each = 0; each < hours; each += 1, hour += 1) buckets.push(bucketAt(hour, conditions));
      if (again > 0) buckets.push(bucketAt(hour - again, conditions));
      hour += missing;
    }
    return buckets;
  });

test('whatever happens on a site, a bucket is judged by those before it alone, and a restart changes nothing', () => {
  const seen = new Set<string>();
  const pushAll = (watcher: SiteWatcher, buckets: readonly SiteBucket[]): SiteNews[] =>
    buckets.map((bucket) => watcher.push(bucket));
  fc.assert(
    fc.property(siteSeries, fc.double({ min: 0, max: 1, noNaN: true }), (buckets, share) => {
      const whole = createSiteWatcher(STEP);
      const all = pushAll(whole, buckets);
      const cut = Math.floor(share * buckets.length);
      const part = createSiteWatcher(STEP);
      expect(pushAll(part, buckets.slice(0, cut))).toEqual(all.slice(0, cut));
      const again = createSiteWatcher({ ...STEP, state: JSON.parse(JSON.stringify(part.save())) });
      expect(again.open()).toEqual(part.open());
      expect(pushAll(again, buckets.slice(cut))).toEqual(all.slice(cut));
      expect(again.save()).toEqual(whole.save());
      for (const [place, bucket] of buckets.entries())
        if (place >= cut && place < cut + 3)
          for (const metric of ['lcp', 'errors', 'traffic'])
            expect(again.measure({ metric, where: {} }, bucket)).toEqual(
              whole.measure({ metric, where: {} }, bucket),
            );
      for (const { opened, turned } of all) for (const { metric } of [...opened, ...turned]) seen.add(metric);
    }),
    { numRuns: 40, seed: 20_261_127 },
  );
  // It would say nothing of series in which nothing happens.
  expect([...seen].sort()).toEqual(['errors', 'lcp', 'silence', 'traffic']);
});

test('bad input is refused, and buckets out of order teach nothing', () => {
  expect(() => createSiteWatcher({ ...STEP, timeZone: 'Mars/Olympus' })).toThrow(RangeError);
  expect(() => createSiteWatcher({ ...STEP, step: 0 })).toThrow(RangeError);
  const watcher = createSiteWatcher(STEP);
  pushHours(watcher, 0, 48);
  const before = JSON.stringify(watcher.save());
  expect(() => watcher.push({ t: Number.NaN, segments: [] })).toThrow(RangeError);
  for (const views of [Number.NaN, -1, Number.POSITIVE_INFINITY]) {
    const { t, segments } = bucketAt(48);
    const [site] = segments;
    if (site) expect(() => watcher.push({ t, segments: [{ ...site, views }] })).toThrow(RangeError);
  }
  watcher.push(bucketAt(3));
  watcher.push(bucketAt(47));
  expect(JSON.stringify(watcher.save())).toBe(before);
});
