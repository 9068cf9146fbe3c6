import { expect, test } from 'vitest';
import type { Above } from './baseline.js';
import type { Where } from './segment.js';
import { usualShares } from './usualShares.js';

function sharesOf(known: readonly (readonly [Where, Above])[]): (where: Where) => number {
  return usualShares(known.map(([where, above]) => ({ where, ...above })));
}

const SITE = [{}, { n: 100_000, count: 1000 }] as const;
const CART = { route: '/cart' };
const SAFARI = { browser: 'Safari' };
const PAIR = { ...CART, ...SAFARI };

test('what is known from many is as it was', () => {
  const shareOf = sharesOf([
    SITE,
    [CART, { n: 40_000, count: 800 }],
    [SAFARI, { n: 40_000, count: 200 }],
    [PAIR, { n: 1_000_000, count: 30_000 }],
  ]);
  expect(shareOf({})).toBe(0.01);
  expect(shareOf(CART)).toBeCloseTo(0.02, 3);
  expect(shareOf(PAIR)).toBeCloseTo(0.03, 3);
});

test('of a pair that was hardly seen it is what its values make of it: their odds', () => {
  const many = 1e9;
  const shareOf = sharesOf([
    [{}, { n: many, count: many / 2 }],
    [CART, { n: many, count: 0.8 * many }],
    [SAFARI, { n: many, count: 0.75 * many }],
  ]);
  // Odds of 4 and of 3, where those of the site are 1.
  expect(shareOf(PAIR)).toBeCloseTo(12 / 13, 6);
});

/** Each pair of three routes and three browsers, with so many errors; on the site one view in a hundred has one. */
function table(errorsOf: (route: number, browser: number) => number, n: number) {
  const known: [Where, Above][] = [];
  for (const route of [0, 1, 2])
    for (const browser of [0, 1, 2])
      known.push([
        { route: `/${route}`, browser: `${browser}` },
        { n, count: errorsOf(route, browser) },
      ]);
  const sum = (isIn: (where: Where) => boolean): Above =>
    known
      .filter(([where]) => isIn(where))
      .reduce((total, [, each]) => ({ n: total.n + each.n, count: total.count + each.count }), {
        n: 0,
        count: 0,
      });
  const values = [0, 1, 2].flatMap((at): [Where, Above][] => [
    [{ route: `/${at}` }, sum(({ route }) => route === `/${at}`)],
    [{ browser: `${at}` }, sum(({ browser }) => browser === `${at}`)],
  ]);
  return sharesOf([[{}, sum(() => true)], ...values, ...known]);
}

test('where places differ by chance only, three errors instead of two make no other share', () => {
  const shareOf = table((route, browser) => (route === browser ? 3 : 1.5), 200);
  expect(shareOf({ route: '/1', browser: '1' })).toBeCloseTo(0.01, 3);
});

test('where they differ by more, what a place was itself is believed', () => {
  const shareOf = table((route, browser) => (route === browser ? 400 : 150), 20_000);
  expect(shareOf({ route: '/1', browser: '1' })).toBeCloseTo(0.02, 3);
  expect(shareOf({ route: '/1', browser: '2' })).toBeCloseTo(0.0075, 3);
});

test('nothing is known of nothing, and never stays never', () => {
  expect(sharesOf([])(CART)).toBeNaN();
  expect(sharesOf([[{}, { n: 100, count: 0 }]])(PAIR)).toBe(0);
  expect(sharesOf([[{}, { n: 100, count: 100 }]])(CART)).toBeLessThan(1);
});

/** DerSimonian and Laird 1986, section 2: how much effects vary beyond what chance lets them. */
function derSimonianLaird(
  effects: readonly { readonly effect: number; readonly variance: number }[],
): number {
  const sum = (of: (effect: number, weight: number) => number): number =>
    effects.reduce((total, { effect, variance }) => total + of(effect, 1 / variance), 0);
  const weights = sum((_, weight) => weight);
  const mean = sum((effect, weight) => weight * effect) / weights;
  const scatter = sum((effect, weight) => weight * (effect - mean) ** 2);
  return (scatter - (effects.length - 1)) / (weights - sum((_, weight) => weight ** 2) / weights);
}

/**
 * Vaccination against tuberculosis, ill and well, with and without it: Colditz et al. 1994,
 * https://doi.org/10.1001/jama.1994.03510330076038. The log risk ratios vary by 0.3088, as `rma(method = "DL")` of metafor prints.
 */
const VACCINATED = [
  [4, 119, 11, 128],
  [6, 300, 29, 274],
  [3, 228, 11, 209],
  [62, 13_536, 248, 12_619],
  [33, 5036, 47, 5761],
  [180, 1361, 372, 1079],
  [8, 2537, 10, 619],
  [505, 87_886, 499, 87_892],
  [29, 7470, 45, 7232],
  [17, 1699, 65, 1600],
  [186, 50_448, 141, 27_197],
  [5, 2493, 3, 2338],
  [27, 16_886, 29, 17_825],
] as const;

test('places are believed as much as they vary beyond chance by the estimator of DerSimonian and Laird', () => {
  const trials = VACCINATED.map(([ill, well, illWithout, wellWithout]) => ({
    effect: Math.log(ill / (ill + well) / (illWithout / (illWithout + wellWithout))),
    variance: 1 / ill - 1 / (ill + well) + 1 / illWithout - 1 / (illWithout + wellWithout),
  }));
  expect(derSimonianLaird(trials)).toBeCloseTo(0.3088, 4);

  for (const places of [200, 5]) {
    const n = 4000;
    // Around one in ten, by a fifth.
    const counts = Array.from({ length: places }, (_, place) => 400 + 80 * (place % 5) - 160);
    const shareOf = sharesOf([
      [{}, { n: places * n, count: places * 400 }],
      ...counts.map((count, place): [Where, Above] => [{ route: `/${place}` }, { n, count }]),
    ]);
    const varies = derSimonianLaird(
      counts.map((count) => ({ effect: count / 400 - 1, variance: 0.9 / 400 })),
    );
    // A place is drawn towards the site as by so many over the threshold.
    const share = shareOf({ route: '/0' });
    const drawn = ((counts[0] ?? 0) - share * n) / (share / 0.1 - 1);
    expect(drawn * varies).toBeCloseTo(1, 6);
  }
});
