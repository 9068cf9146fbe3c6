import { describe, expect, test } from 'vitest';
import { requestKey } from '../analysis/requests/requestKey.js';
import { CLOSED, OPENED, PRICES, PRODUCT, SLOWED, slowedSite } from '../testing/slowedSite.js';
import type { RumStore } from './store.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CALL = `GET ${PRICES}`;
const KEY = requestKey({ name: PRICES, initiator: 'fetch', method: 'GET', operation: null });

/** The part of the store's contract that says which call, element or file slows views. */
export function describeSlowed(store: () => RumStore): void {
  describe('what slows views', () => {
    test('an incident names the call that its views waited for, and its request', async () => {
      const site = slowedSite('call');
      await store().insert(site);
      await store().rollUp({ now: () => CLOSED });
      const now = SLOWED + 9 * HOUR;
      for (let hours = 1; hours > 0; ) {
        const result = await store().watch({ now: () => now, mostHours: 1000 });
        hours = result.kind === 'done' ? result.hours : 0;
      }
      const incidents = await store().incidents({ app: 'shop', from: 0, to: 8e15 }, 10);
      const [cause] = incidents.find(({ metric }) => metric === 'lcp')?.causes ?? [];
      expect(cause).toMatchObject({ places: [{ route: PRODUCT, api: CALL }], request: KEY });
      expect(cause?.share).toBeGreaterThan(0.6);
      const slowed = site.views.filter(
        ({ route, release, startedAt }) => route === PRODUCT && release === '2.0' && startedAt < now,
      );
      // It is explained anew in the first hours only.
      expect(cause?.n).toBeGreaterThan(slowed.length / 4);
      expect(cause?.n).toBeLessThanOrEqual(slowed.length);
      expect(cause?.count).toBeGreaterThan(0.8 * (cause?.n ?? 0));
      // What the front page asks for, and does not wait for, is not among them.
      expect(incidents.flatMap(({ causes }) => causes.flatMap(({ places }) => places))).not.toContainEqual(
        expect.objectContaining({ route: '/', api: expect.any(String) }),
      );
    }, 120_000);

    test('a comparison names the call that a release slowed', async () => {
      await store().insert(slowedSite('call'));
      const [release] = await store().comparisons({ app: 'shop', from: OPENED + DAY, to: CLOSED });
      const finding = (route: string | null) =>
        release?.findings.find((each) => each.metric === 'lcp' && each.route === route);
      expect(finding(null)?.causes[0]).toMatchObject({
        places: [{ route: PRODUCT, api: CALL }],
        request: KEY,
      });
      expect(finding(PRODUCT)?.causes[0]).toMatchObject({ places: [{ api: CALL }], request: KEY });
      expect(finding(PRODUCT)?.causes[0]?.share).toBeGreaterThan(0.6);
    }, 120_000);

    test('a comparison names the element of the route that a release slowed, and its file', async () => {
      await store().insert(slowedSite('picture'));
      const [release] = await store().comparisons({ app: 'shop', from: OPENED + DAY, to: CLOSED });
      const [cart] =
        release?.findings.filter((each) => each.metric === 'lcp' && each.route === '/cart') ?? [];
      expect(cart?.causes.map(({ places }) => places)).toEqual(
        expect.arrayContaining([[{ element: 'img.hero' }], [{ resource: 'https://cdn.example/hero.png' }]]),
      );
      expect(cart?.causes[0]?.share).toBeGreaterThan(0.8);
      expect(cart?.causes.every(({ request }) => request === undefined)).toBe(true);
      const [site] = release?.findings.filter((each) => each.metric === 'lcp' && each.route === null) ?? [];
      for (const { places } of site === undefined ? [] : [site.causes[0] ?? { places: [] }])
        expect(places).toEqual([{ route: '/cart', element: 'img.hero' }]);
    }, 120_000);
  });
}
