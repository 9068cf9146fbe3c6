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
