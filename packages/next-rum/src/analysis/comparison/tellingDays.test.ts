import { describe, expect, test } from 'vitest';
import { standardNormalValues } from '../../testing/standardNormalValues.js';
import { addToBin, emptyHistogram, histogramBin, type LogHistogram } from '../logHistogram.js';
import type { FollowedDay, FollowedPlace } from './daySeries.js';
import { tellingDays } from './tellingDays.js';

const DAY = 86_400_000;
const DAYS = 56;
const FIRST = Date.UTC(2026, 8, 1);
const UNTIL = FIRST + DAYS * DAY;
const SPREAD = Array.from({ length: 21 }, (_, place) => 0.5 ** (1 - place / 10));

/** As many views of each of some times about a middle. */
function around(middle: number, views: number): LogHistogram {
  const histogram = emptyHistogram();
  for (const factor of SPREAD) addToBin(histogram, histogramBin(middle * factor), views / SPREAD.length);
  return histogram;
}

interface Site {
  readonly seed: number;
  /** Of the place, the day, 0 on: by what its LCP is multiplied. */
  readonly lcp?: (route: string | null, day: number) => number;
  readonly errors?: (day: number) => number;
}

const ROUTES = ['/', '/shop', '/cart', '/help'];

/** Eight weeks of a site and its four routes, of which the first has half of the views: moods of days that hang on the one before, and slower weekends. */
function siteOf({ seed, lcp = () => 1, errors = () => 1 }: Site): readonly FollowedPlace[] {
  return [null, ...ROUTES].map((route, place): FollowedPlace => {
    const noise = standardNormalValues(3 * DAYS, 100 * seed + place);
    let [mood, crowd] = [0, 0];
    return {
      route,
      days: Array.from({ length: DAYS }, (_, day): FollowedDay => {
        mood = 0.4 * mood + 0.03 * (noise[3 * day] ?? 0);
        crowd = 0.4 * crowd + 0.08 * (noise[3 * day + 1] ?? 0);
        const share = [1, 0.5, 0.2, 0.2, 0.1][place] ?? 1;
        const views = Math.round((share * 1000 * (day % 7 > 4 ? 0.7 : 1) * Math.exp(crowd)) / 21) * 21;
        const weekend = day % 7 > 4 ? 1.1 : 1;
        const vital = (middle: number) => around(middle * weekend * Math.exp(mood), views);
        const rate = Math.max(0, 0.02 * errors(day) * (1 + 0.3 * (noise[3 * day + 2] ?? 0)));
        return {
          t: FIRST + day * DAY,
          views,
          errors: route === null ? Math.round(views * rate) : null,
          vitals: {
            lcp: vital(1800 * lcp(route, day)),
            inp: vital(90),
            cls: vital(0.05),
            fcp: vital(900),
            ttfb: vital(250),
          },
        };
      }),
    };
  });
}

function told(site: Site) {
  return tellingDays(siteOf(site), UNTIL).findings;
}

describe('tellingDays', () => {
  test('of sites on which nothing changes hardly any is told of, though days hang on the one before', () => {
    const sites = Array.from({ length: 100 }, (_, seed) => told({ seed }));
    expect(sites.filter((findings) => findings.length > 0).length).toBeLessThanOrEqual(10);
  });

  test('finds a step of 15 % and a rise of 2 % a week, mostly as what they are', () => {
    const step = Array.from({ length: 40 }, (_, seed) =>
      told({ seed, lcp: (route, day) => (route === '/shop' && day >= 33 ? 1.15 : 1) }),
    );
    const found = step.flatMap((findings) =>
      findings.filter((each) => each.kind === 'shift' && each.metric === 'lcp' && each.route === '/shop'),
    );
    expect(found.length).toBeGreaterThanOrEqual(36);
    const near = found.filter(
      (each) => each.kind === 'shift' && Math.abs(each.at - FIRST - 33 * DAY) <= 2 * DAY,
    );
    expect(near.length).toBeGreaterThanOrEqual(0.9 * found.length);
    const rise = Array.from({ length: 40 }, (_, seed) =>
      told({ seed, lcp: (route, day) => (route === '/shop' ? 1.02 ** (day / 7) : 1) }),
    );
    expect(rise.filter((findings) => findings.some(({ route }) => route === '/shop')).length).toBe(40);
    const risen = rise.flatMap((findings) =>
      findings.filter((each) => each.kind === 'trend' && each.metric === 'lcp' && each.route === '/shop'),
    );
    expect(risen.length).toBeGreaterThanOrEqual(30);
    // p75 is √2 times the middle, weekends count a tenth more; what that rises by from the first day to the last one, a week.
    const truth = (1800 * Math.SQRT2 * (5 + 2 * 1.1) * (1.02 ** (55 / 7) - 1)) / 55;
    const covers = risen.filter(
      (each) => each.kind === 'trend' && each.slope.low <= truth && each.slope.high >= truth,
    );
    expect(covers.length).toBeGreaterThanOrEqual(0.8 * risen.length);
  });

  test('what is everywhere is told of the site, and what is on one route of that', () => {
    const everywhere = told({ seed: 3, lcp: (_, day) => (day >= 33 ? 1.3 : 1) });
    expect(everywhere).toHaveLength(1);
    expect(everywhere[0]).toMatchObject({
      kind: 'shift',
      metric: 'lcp',
      route: null,
      at: FIRST + 33 * DAY,
      alike: ROUTES,
    });
    const one = told({
      seed: 3,
      lcp: (route, day) => (day < 33 ? 1 : route === '/shop' ? 2 : route === null ? 1.2 : 1),
    });
    expect(one.map(({ route, alike }) => [route, alike])).toEqual([['/shop', []]]);
  });

  test('what is better is told after what is worse, with how many views a day it is', () => {
    const findings = told({
      seed: 4,
      lcp: (route, day) => (route === '/cart' && day >= 30 ? 0.7 : 1),
      errors: (day) => (day >= 40 ? 3 : 1),
    });
    expect(findings.map(({ metric, route }) => [metric, route])).toEqual([
      ['errors', null],
      ['lcp', '/cart'],
    ]);
    const [errors, lcp] = findings;
    expect(errors?.affected).toBeGreaterThan(20);
    expect(errors?.affected).toBeLessThan(60);
    expect(lcp?.affected).toBeLessThan(0);
    expect(lcp?.affected).toBeGreaterThan(-60);
  });

  test('what is too small to matter, and what is over, is not told', () => {
    expect(told({ seed: 5, lcp: (route, day) => (route === '/shop' && day >= 33 ? 1.03 : 1) })).toEqual([]);
    const over = told({
      seed: 5,
      lcp: (route, day) => (route === '/shop' && day >= 40 && day < 50 ? 1.4 : 1),
    });
    expect(over).toEqual([]);
    expect(tellingDays([], UNTIL)).toEqual({ findings: [], tests: 0 });
  });
});
