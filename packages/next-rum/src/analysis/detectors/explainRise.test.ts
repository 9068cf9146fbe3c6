import { expect, test } from 'vitest';
import { explainRise, type RiseRow } from './explainRise.js';
import type { Where } from './segment.js';

function row(where: Where, expected: number, count: number, n = 1000): RiseRow {
  return { where, n, count, expected };
}

/**
 * The example of Bhagwan et al., table 2: revenue falls from 100 to 50. Read backwards, since what is explained here is a rise;
 * neither explanatory power nor surprise knows which way it went.
 */
const REVENUE = [
  row({}, 50, 100, 100_000),
  row({ dataCenter: 'X' }, 47, 94),
  row({ dataCenter: 'Y' }, 3, 6),
  row({ advertiser: 'A1' }, 24, 50),
  row({ advertiser: 'A2' }, 21, 20),
  row({ advertiser: 'A3' }, 4, 20),
  row({ advertiser: 'A4' }, 1, 10),
  row({ device: 'PC' }, 49, 50),
  row({ device: 'Mobile' }, 1, 25),
  row({ device: 'Tablet' }, 0, 25),
];

test("Adtributor's example: it was mobile and tablet, not the data center", () => {
  const { rise, causes } = explainRise(REVENUE);
  expect(rise).toBe(50);
  expect(causes[0]?.places).toEqual([{ device: 'Tablet' }, { device: 'Mobile' }]);
  expect(causes[0]?.power).toBeCloseTo(0.98, 12);
  const dataCenter = causes.find(({ places }) => places.some(({ dataCenter: name }) => name === 'X'));
  expect(dataCenter?.power).toBeCloseTo(0.94, 12);
  expect(dataCenter?.surprise).toBeCloseTo(0, 12);
});

test('surprise is the divergence of the shares, in nats', () => {
  const { causes } = explainRise([
    row({}, 50, 100, 3000),
    row({ device: 'Mobile' }, 1, 25),
    row({ device: 'PC' }, 49, 75),
  ]);
  const [before, now] = [1 / 50, 25 / 100];
  const expected =
    (before * Math.log((2 * before) / (before + now)) + now * Math.log((2 * now) / (before + now))) / 2;
  expect(causes.find(({ n }) => n === 1000)?.surprise).toBeCloseTo(expected, 12);
});

/** 10,000 samples a cell, a quarter of them usually over the threshold; by how much more in one. */
function grid(factorOf: (route: string, browser: string) => number): RiseRow[] {
  const sums = new Map<string, { n: number; count: number; expected: number; where: Where }>();
  for (const route of ['/', '/cart', '/search'])
    for (const browser of ['Chrome', 'Safari', 'Firefox'])
      for (const where of [{}, { route }, { browser }, { route, browser }] as readonly Where[]) {
        const key = JSON.stringify(where);
        const sum = sums.get(key) ?? { n: 0, count: 0, expected: 0, where };
        sum.n += 10_000;
        sum.expected += 2500;
        sum.count += 2500 * factorOf(route, browser);
        sums.set(key, sum);
      }
  return [...sums.values()];
}

test('a pair is named where only the pair rose', () => {
  const { causes } = explainRise(
    grid((route, browser) => (route === '/cart' && browser === 'Safari' ? 1.4 : 1)),
  );
  expect(causes[0]).toMatchObject({ places: [{ route: '/cart', browser: 'Safari' }], power: 1, count: 3500 });
});

test('one value is named where all with it rose', () => {
  const { causes } = explainRise(grid((route) => (route === '/cart' ? 1.4 : 1)));
  expect(causes[0]?.places).toEqual([{ route: '/cart' }]);
});

test('two values of a dimension are named together', () => {
  const { causes } = explainRise(grid((_, browser) => (browser === 'Chrome' ? 1 : 1.4)));
  expect(causes[0]?.places.map(({ browser }) => browser).sort()).toEqual(['Firefox', 'Safari']);
});

test('nothing is named where all rose alike', () => {
  const { causes } = explainRise(grid(() => 1.4));
  expect(causes[0]?.places).toEqual([{}]);
});

test('what fell elsewhere does not hide it', () => {
  const { rise, causes } = explainRise(grid((route) => (route === '/cart' ? 1.2 : 0.8)));
  expect(rise).toBeGreaterThan(0);
  expect(causes[0]?.places).toEqual([{ route: '/cart' }]);
});

test('of two names for the same views the shorter one is taken', () => {
  const { causes } = explainRise([
    row({}, 250, 350, 1000),
    row({ release: '1.4.0' }, 250, 350, 1000),
    row({ device: 'mobile' }, 125, 175, 500),
    row({ device: 'desktop' }, 125, 175, 500),
  ]);
  expect(causes.map(({ places }) => places[0])).toEqual([
    {},
    expect.objectContaining({ device: expect.any(String) }),
  ]);
});

test('without a rise there is no cause', () => {
  expect(explainRise([])).toEqual({ rise: 0, causes: [] });
  expect(explainRise([row({}, 250, 240)])).toEqual({ rise: 0, causes: [] });
});

test('where more is known than counts, that decides, and the counts are told', () => {
  const rows = grid((route, browser) => (route === '/cart' && browser === 'Safari' ? 1.4 : 1)).map((each) => {
    const { route, browser } = each.where;
    return { ...each, likelier: route === '/cart' && browser === undefined ? 900 : 1 };
  });
  expect(explainRise(rows).causes[0]).toMatchObject({ places: [{ route: '/cart' }], count: 8500 });
});

test('why it rose is likelier than where, though it is the same views', () => {
  const rows = grid((route) => (route === '/cart' ? 2 : 1));
  const slow = row({ api: 'GET /prices' }, 7500, 15_000, 30_000);
  const [first, second] = explainRise([...rows, { ...slow, usually: 200 }]).causes;
  expect(first?.places).toEqual([{ api: 'GET /prices' }]);
  expect(first?.power).toBeCloseTo(1, 12);
  expect(second?.places).toEqual([{ route: '/cart' }]);
  const always = explainRise([...rows, { ...slow, usually: 12_000 }]).causes;
  expect(always[0]?.places).toEqual([{ route: '/cart' }]);
});
