import { describe, expect, test } from 'vitest';
import { makeEvent, makeView, NOON, randomFrom } from '../testing/rows.js';
import type { EventRow, ViewRow } from './rows.js';
import type { RumStore } from './store.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const RELEASED = NOON;
const END = NOON + DAY;

/** Four days of a shop: a release slows the cart in Safari, and a flag breaks what it is shown on. */
function changedSite(): { readonly views: ViewRow[]; readonly events: EventRow[] } {
  const random = randomFrom(11);
  const views: ViewRow[] = [];
  const events: EventRow[] = [];
  for (let index = 0; index < 9000; index += 1) {
    const startedAt = RELEASED - 3 * DAY + Math.floor(random() * 4 * DAY);
    const release = startedAt >= RELEASED && random() < 0.6 ? '1.4.0' : '1.3.0';
    const route = ['/', '/cart', '/help'][Math.floor(random() * 3)] ?? '/';
    const browser = random() < 0.4 ? 'Safari' : 'Chrome';
    const isSlow = release === '1.4.0' && route === '/cart' && browser === 'Safari';
    const view = makeView(index, {
      startedAt,
      receivedAt: startedAt + 1000,
      release,
      route,
      browser,
      country: random() < 0.5 ? 'DE' : 'FR',
      // Whole, since a decimal of SQLite's may lose its last digit on its way.
      lcp: Math.round(1000 * Math.exp(random() + random() - 1) * (isSlow ? 2.5 : 1)),
      inp: random() < 0.4 ? Math.round(200 * random()) : null,
      cls: 0,
      ttfb: Math.round(100 + 200 * random()),
    });
    views.push(view);
    if (route !== '/help') continue;
    const variant = random() < 0.5 ? 'on' : 'off';
    const part = { viewId: view.id, occurredAt: startedAt + 5, route, visitor: view.visitor };
    events.push(
      makeEvent(index, { ...part, type: 'flag', name: 'new help', data: JSON.stringify({ variant }) }),
    );
    if (random() < (variant === 'on' ? 0.1 : 0.02))
      events.push(makeEvent(20_000 + index, { ...part, type: 'error', name: 'TypeError' }));
  }
  return { views, events };
}

/** The part of the store's contract that tells what releases and flags changed. */
export function describeComparisons(store: () => RumStore): void {
  describe('comparisons', () => {
    const site = changedSite();
    const range = { app: 'shop', from: RELEASED - 2 * DAY, to: END };

    test('tells what a release changed where, against the same hours, and what a flag did', async () => {
      await store().insert(site);
      const [release, flag, ...others] = await store().comparisons(range);
      expect(others).toEqual([]);
      const since = site.views.filter(({ startedAt }) => startedAt >= RELEASED && startedAt < END);
      const before = site.views.filter(({ startedAt }) => startedAt < RELEASED);
      expect(release).toMatchObject({
        kind: 'release',
        name: '1.4.0',
        variant: null,
        against: '1.3.0',
        since: RELEASED,
        until: END,
        complete: true,
        views: {
          new: since.filter((view) => view.release === '1.4.0').length,
          old: since.filter((view) => view.release === '1.3.0').length,
          before: before.length,
        },
      });
      const slow = release?.findings.find(({ route }) => route === '/cart');
      const inCart = since.filter(({ route }) => route === '/cart');
      expect(slow).toMatchObject({
        metric: 'lcp',
        basis: 'same time',
        with: { n: inCart.filter((view) => view.release === '1.4.0').length },
      });
      expect(slow?.causes[0]?.places).toEqual([{ browser: 'Safari' }]);
      expect(release?.findings.every(({ metric, route }) => metric === 'lcp' && route !== '/help')).toBe(
        true,
      );
      expect(release?.site.map(({ metric }) => metric)).toEqual(
        expect.arrayContaining(['lcp', 'inp', 'ttfb']),
      );

      expect(flag).toMatchObject({ kind: 'flag', name: 'new help', variant: 'on', against: 'off' });
      expect(flag?.findings[0]).toMatchObject({ metric: 'errors', basis: 'same time' });
      expect(flag?.findings[0]?.with.value?.value).toBeGreaterThan(0.06);
    }, 60_000);

    test('takes the filters, and tells nothing where nothing came up', async () => {
      await store().insert(site);
      const chrome = { dimension: 'browser', keep: true, values: ['Chrome'] } as const;
      const [release] = await store().comparisons({ ...range, where: [chrome] });
      const since = site.views.filter(
        (view) => view.startedAt >= RELEASED && view.startedAt < END && view.browser === 'Chrome',
      );
      expect(release?.views.new).toBe(since.filter((view) => view.release === '1.4.0').length);
      expect(release?.findings).toEqual([]);
      expect(release?.tests).toBeGreaterThan(5);
      expect(await store().comparisons({ ...range, app: 'none' })).toEqual([]);
      expect(await store().comparisons({ app: 'shop', from: END, to: END + DAY })).toEqual([]);
    }, 60_000);
  });
}
