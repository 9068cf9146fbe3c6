import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../testing/rows.js';
import { type SidedView, type SideTest, tellingTests, testSides } from './testSides.js';

const HOUR = 3_600_000;
const MONDAY = Date.parse('2026-03-02T00:00:00Z');
const ROUTES = ['/', '/cart', '/product/[id]'];

interface Made {
  readonly seed: number;
  readonly count: number;
  readonly side?: (hour: number, random: () => number) => SidedView['side'];
  /** Of LCP and of the share of errors, by what they are multiplied with the change. */
  readonly slower?: (route: string) => number;
  readonly errors?: number;
}

/** Views of two days, slower by night. */
function make({
  seed,
  count,
  side = (_, random) => (random() < 0.5 ? 'old' : 'new'),
  slower = () => 1,
  errors = 1,
}: Made) {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, index): SidedView => {
    const hour = Math.floor(random() * 48);
    const own = side(hour, random);
    const route = ROUTES[Math.floor(random() * ROUTES.length)] ?? '/';
    const isNew = own === 'new';
    const night = hour % 24 < 8 ? 1.8 : 1;
    const spread = Math.exp(random() + random() + random() - 1.5);
    return {
      id: `view ${index}`,
      t: MONDAY + hour * HOUR + Math.floor(random() * HOUR),
      side: own,
      route,
      vitals: {
        lcp: 1200 * night * spread * (isNew ? slower(route) : 1),
        inp: random() < 0.5 ? 80 * spread : null,
        cls: null,
        ttfb: 200 * spread,
      },
      hasError: random() < 0.02 * (isNew ? errors : 1),
    };
  });
}

const named = ({ metric, route }: SideTest): string => `${metric} ${route}`;

describe('testSides', () => {
  test('finds what is slower where, by how much, and compares the same hours', () => {
    const views = make({ seed: 1, count: 6000, slower: (route) => (route === '/cart' ? 1.5 : 1) });
    const [found] = tellingTests([testSides(views)]);
    const first = found?.find(({ route }) => route === '/cart');
    expect(first).toMatchObject({ metric: 'lcp', basis: 'same time' });
    const ratio = (first?.with.value?.value ?? 0) / (first?.without.value?.value ?? 1);
    expect(ratio).toBeGreaterThan(1.35);
    expect(ratio).toBeLessThan(1.65);
    expect(first?.difference?.low).toBeGreaterThan(0);
    expect(first?.affected).toBeGreaterThan(100);
    expect(found?.filter(({ route }) => route === '/' || route === '/product/[id]')).toEqual([]);
  });

  test('what comes up at night only is not blamed for the night', () => {
    const views = make({
      seed: 2,
      count: 6000,
      side: (hour, random) => (random() < (hour % 24 < 8 ? 0.9 : 0.1) ? 'new' : 'old'),
    });
    expect(tellingTests([testSides(views)])[0]).toEqual([]);
  });

  test('where all have it at once, the same hours of the day before tell', () => {
    const before = make({
      seed: 3,
      count: 4000,
      side: (hour) => (hour < 24 ? 'before' : 'new'),
      slower: () => 1.4,
    });
    const tests = testSides(before);
    expect(tests.every(({ basis }) => basis === 'same hour of other days')).toBe(true);
    expect(tellingTests([tests])[0]?.map(named)).toContain('lcp null');
  });

  test('counts errors, and says nothing of too few views', () => {
    const worse = tellingTests([testSides(make({ seed: 4, count: 8000, errors: 3 }))])[0] ?? [];
    expect(worse[0]).toMatchObject({ metric: 'errors', route: null });
    const { with: after, without, affected } = worse[0] as SideTest;
    expect(after.value?.value).toBeGreaterThan(2 * (without.value?.value ?? 1));
    expect(affected).toBeGreaterThan(50);
    expect(testSides(make({ seed: 5, count: 150 }))).toEqual([]);
  });

  test('tells what a release breaks where nothing was broken, and what is slow for all', () => {
    const made = make({ seed: 7, count: 6000, errors: 0, slower: (route) => (route === '/cart' ? 40 : 1) });
    const views = made.map((view) => ({
      ...view,
      hasError: view.side === 'new' && view.route === '/product/[id]' && Number(view.id.slice(5)) % 9 === 0,
    }));
    const found = (tellingTests([testSides(views)])[0] ?? []).map(named);
    expect(found).toEqual(expect.arrayContaining(['lcp /cart', 'errors null', 'errors /product/[id]']));
  });

  test('what is better is told after what is worse', () => {
    const views = make({ seed: 6, count: 8000, slower: () => 0.7, errors: 4 });
    const found = tellingTests([testSides(views)])[0] ?? [];
    expect(found[0]?.metric).toBe('errors');
    expect(found.at(-1)?.metric).toBe('lcp');
    expect(found.at(-1)?.affected).toBeLessThan(0);
  });

  test('of four hundred changes that changed nothing, hardly any is told of', () => {
    const told = Array.from({ length: 400 }, (_, seed) => {
      const [found = []] = tellingTests([testSides(make({ seed: 100 + seed, count: 1500 }))]);
      return found.length > 0;
    });
    expect(told.filter(Boolean).length).toBeLessThanOrEqual(20);
  }, 60_000);
});
