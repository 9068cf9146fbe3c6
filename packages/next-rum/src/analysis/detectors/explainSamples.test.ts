import { describe, expect, test } from 'vitest';
import { explainSamples, type Sample } from './explainSamples.js';

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
