import { describe, expect, test } from 'vitest';
import { explainSamples } from './explainSamples.js';
import type { Sample } from './sample.js';

const ROUTES = ['/', '/cart', '/product/[id]'];
const BROWSERS = ['Chrome', 'Safari', 'Firefox'];
const COUNTRIES = ['DE', 'FR', 'PL', 'IT'];

/** Every combination so many times, of which a share is over the threshold. */
function samples(
  times: number,
  shareOf: (values: Sample['values']) => number,
  release: (t: number) => string = () => '1.0',
): Sample[] {
  return ROUTES.flatMap((route) =>
    BROWSERS.flatMap((browser) =>
      COUNTRIES.flatMap((country) => {
        return Array.from({ length: times }, (_, t) => {
          const values = { route, browser, country, release: release(t) };
          return { t, values, isOver: t / times < shareOf(values) };
        });
      }),
    ),
  );
}

/** Poland is slow, and so is the cart: that is known. */
const usual = ({ country, route }: Sample['values']): number =>
  (country === 'PL' ? 0.5 : 0.2) * (route === '/cart' ? 1.5 : 1);

describe('explainSamples', () => {
  const before = samples(200, usual);

  test('names the pair in which it rose, though others are always slower', () => {
    const now = samples(60, (values) =>
      values.route === '/product/[id]' && values.browser === 'Safari' ? 0.7 : usual(values),
    );
    const { causes } = explainSamples(now, before);
    expect(causes[0]?.places).toEqual([{ route: '/product/[id]', browser: 'Safari' }]);
    expect(causes[0]?.power).toBeGreaterThan(0.9);
  });

  test('names one value where it rose in all that has it', () => {
    const now = samples(60, (values) => usual(values) * (values.browser === 'Safari' ? 1.3 : 1));
    expect(explainSamples(now, before).causes[0]?.places).toEqual([{ browser: 'Safari' }]);
  });

  test('says everywhere where it rose everywhere', () => {
    const now = samples(60, (values) => 1.4 * usual(values));
    expect(explainSamples(now, before).causes[0]?.places).toEqual([{}]);
  });

  test('blames a release for what is slow since it came, by what all others were', () => {
    const now: Sample[] = [];
    for (const [part, release] of ['1.0', '1.1'].entries()) {
      const half = samples(
        30,
        (values) => (part === 1 ? 2 * usual(values) : usual(values)),
        () => release,
      );
      now.push(...half.map((each) => ({ ...each, t: each.t + 1000 * part })));
      // Pages that were open before stay on the old release.
      if (part === 1) now.push(...samples(10, usual).map((each) => ({ ...each, t: 1000 + each.t })));
    }
    expect(explainSamples(now, before).causes[0]?.places).toEqual([{ release: '1.1' }]);
  });

  test('nothing rose, nothing was seen', () => {
    expect(
      explainSamples(
        samples(60, () => 0),
        before,
      ).causes,
    ).toEqual([]);
    expect(explainSamples([], before)).toEqual({ rise: 0, causes: [] });
    expect(
      explainSamples(
        samples(10, () => 0.5),
        [],
      ).causes.length,
    ).toBeGreaterThan(0);
  });
});

describe('a call that slowed views', () => {
  const PRICES = 'GET https://api.example.com/prices/:id';
  /** Of those over the threshold in a place, the share that the call slowed. */
  const withCalls = (all: readonly Sample[], slowedIn: (values: Sample['values']) => number): Sample[] =>
    all.map((sample, place) => ({
      ...sample,
      call: sample.isOver && (place % 100) / 100 < slowedIn(sample.values) ? PRICES : null,
    }));
  const onProduct = ({ route }: Sample['values']): boolean => route === '/product/[id]';
  const before = withCalls(samples(200, usual), (values) => (onProduct(values) ? 0.05 : 0));
  const slow = samples(60, (values) => (onProduct(values) ? 0.7 : usual(values)));
  const now = withCalls(slow, (values) => (onProduct(values) ? 0.8 : 0));

  test('is named with its route, before the route', () => {
    const [first, ...others] = explainSamples(now, before).causes;
    expect(first?.places).toEqual([{ route: '/product/[id]', api: PRICES }]);
    expect(first?.n).toBe(now.filter(({ call }) => call === PRICES).length);
    expect(first?.count).toBe(first?.n);
    expect(others.map(({ places }) => places)).toContainEqual([{ route: '/product/[id]' }]);
  });

  test('counts as much where only some views were looked at', () => {
    const share = explainSamples(now, before).causes[0]?.power ?? 0;
    const some = now.map(({ call, ...sample }, place) => (place % 3 === 0 ? { ...sample, call } : sample));
    const [first] = explainSamples(some as Sample[], before).causes;
    expect(first?.places).toEqual([{ route: '/product/[id]', api: PRICES }]);
    expect(Math.abs((first?.power ?? 0) - share)).toBeLessThan(0.1 * share);
  });

  test('is not blamed where it is slow because everything is', () => {
    const slowed = (values: Sample['values']): number => (onProduct(values) ? 0.4 : 0);
    const usually = withCalls(samples(200, usual), slowed);
    const everywhere = withCalls(
      samples(60, (values) => 1.5 * usual(values)),
      slowed,
    );
    expect(explainSamples(everywhere, usually).causes[0]?.places).toEqual([{}]);
    const poland = withCalls(
      samples(60, (values) => (values.country === 'PL' ? 1.4 : 1) * usual(values)),
      slowed,
    );
    expect(explainSamples(poland, usually).causes[0]?.places).toEqual([{ country: 'PL' }]);
  });

  test('is not told of where nobody looked, nor where nobody looked before', () => {
    const apis = (of: readonly Sample[], usually: readonly Sample[]): unknown[] =>
      explainSamples(of, usually).causes.filter(({ places }) => places.some(({ api }) => api !== undefined));
    expect(apis(slow, before)).toEqual([]);
    expect(apis(now, samples(200, usual))).toEqual([]);
  });
});

test('an element of one route is told with it, one of several by itself', () => {
  const of = (elementOf: (values: Sample['values']) => string, slow: string): unknown => {
    const named = (all: readonly Sample[]): Sample[] =>
      all.map((sample, place) => {
        const element = place % 2 === 0 ? elementOf(sample.values) : 'h1';
        return { ...sample, values: { ...sample.values, element } };
      });
    const now = named(samples(60, usual)).map((sample, place) => ({
      ...sample,
      isOver: sample.isOver || (sample.values.element === slow && place % 3 > 0),
    }));
    return explainSamples(now, named(samples(200, usual))).causes[0]?.places;
  };
  expect(of(({ route }) => (route === '/cart' ? 'img.hero' : 'p'), 'img.hero')).toEqual([
    { route: '/cart', element: 'img.hero' },
  ]);
  expect(of(({ route }) => (route === '/' ? 'p' : 'img.hero'), 'img.hero')).toEqual([
    { element: 'img.hero' },
  ]);
});

test('values tell apart what counts over a threshold cannot', () => {
  // Chrome is slow in half of the countries; what became a half slower is Chrome on mobile devices, whatever the country.
  const one = (at: number, isSlow: boolean): Sample => {
    const browser = at % 2 === 0 ? 'Chrome' : 'Safari';
    const device = at % 4 < 2 ? 'mobile' : 'desktop';
    const connection = browser === 'Chrome' && at % 5 > 0 ? '4g' : 'unknown';
    const isHit = isSlow && browser === 'Chrome' && device === 'mobile';
    const value =
      900 * Math.exp(((at * 37) % 101) / 60) * (connection === '4g' ? 1 : 2.5) * (isHit ? 1.5 : 1);
    return { t: at, values: { route: device, browser, connection }, value, isOver: value > 4000 };
  };
  const [before, now] = [false, true].map((isSlow) =>
    Array.from({ length: 6000 }, (_, at) => one(at, isSlow)),
  );
  const { causes } = explainSamples(now ?? [], before ?? []);
  expect(causes[0]?.places).toEqual([{ route: 'mobile', browser: 'Chrome' }]);
  const counted = [now, before].map((all) => all?.map(({ value: _, ...sample }) => sample) ?? []);
  const byCount = explainSamples(counted[0] ?? [], counted[1] ?? []).causes;
  expect(causes[0]?.count).toBe(byCount.find(({ n }) => n === causes[0]?.n)?.count);
});
