import { expect, test } from 'vitest';
import type { RumEvent, ViewDocument } from '../../protocol/index.js';
import { summarize } from './summarize.js';

const base = { id: '1', viewId: '2', at: 0, route: '/product/[id]' };

const view: ViewDocument = {
  id: '2',
  revision: 3,
  startedAt: 0,
  route: '/product/[id]',
  path: '/product/42',
  router: 'app',
  navigationType: 'navigate',
  duration: 8200,
  vitals: { lcp: { value: 1240.4 }, inp: { value: 48 }, cls: { value: 0.0234 } },
};

const events: readonly (readonly [RumEvent, string])[] = [
  [
    { ...base, type: 'custom', name: 'add_to_cart', properties: { sku: 'lamp' } },
    'custom add_to_cart · {"sku":"lamp"}',
  ],
  [
    { ...base, type: 'error', name: 'TypeError', message: 'x is null', source: 'window.error', count: 3 },
    'error TypeError: x is null · window.error · 3 times',
  ],
  [
    {
      ...base,
      type: 'action',
      name: 'Add to cart',
      kind: 'click',
      target: 'main>button',
      duration: 120,
      requests: 1,
      errors: 2,
      navigated: true,
      frustrations: ['rage'],
    },
    'click “Add to cart” · main>button · 120 ms · 1 request · 2 errors · navigated · rage click',
  ],
  [
    {
      ...base,
      type: 'resource',
      name: '/api/user/:id',
      initiator: 'fetch',
      method: 'GET',
      status: 200,
      duration: 34.4,
      transferSize: 4210,
    },
    'fetch GET /api/user/:id · 200 · 34 ms · 4.2 kB',
  ],
  [
    {
      ...base,
      type: 'resource',
      name: '/api',
      initiator: 'fetch',
      status: 0,
      failure: 'timeout',
      duration: 3000,
    },
    'fetch /api · timeout · 3.00 s',
  ],
  [{ ...base, type: 'resource', name: '/a.css', initiator: 'css', duration: 2 }, 'css /a.css · 2 ms'],
  [
    {
      ...base,
      type: 'longtask',
      name: '/a.js',
      duration: 120,
      blockingDuration: 70,
      invoker: 'IMG#x.onload',
    },
    'long task /a.js · 120 ms · blocked 70 ms · IMG#x.onload',
  ],
  [{ ...base, type: 'timing', name: 'hydrated', kind: 'mark', duration: 812 }, 'mark hydrated · 812 ms'],
  [{ ...base, type: 'flag', name: 'new_checkout', variant: 'blue' }, 'flag new_checkout = blue'],
  [
    { ...base, type: 'navigation', name: '/cart', outcome: 'cancelled', duration: 90 },
    'navigation to /cart · cancelled · 90 ms',
  ],
  [{ ...base, type: 'loss', reason: 'queue_full', count: 3 }, 'lost 3 items · queue_full: no room was left'],
];

test('a view is its route, revision and vitals', () => {
  expect(summarize(view)).toBe(
    'view /product/[id] · revision 3 · navigate · 8.20 s · LCP 1.24 s · INP 48 ms · CLS 0.02',
  );
});

test.each(events)('%o is one line', (event, line) => {
  expect(summarize(event)).toBe(line);
});

test('long properties are cut', () => {
  const line = summarize({ ...base, type: 'custom', name: 'x', properties: { text: 'y'.repeat(500) } });
  expect(line.length).toBeLessThan(150);
  expect(line).toMatch(/…$/);
});
