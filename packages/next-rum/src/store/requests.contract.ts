import { describe, expect, test } from 'vitest';
import type { RequestFigures } from '../analysis/requests/requestFigures.js';
import { requestKey } from '../analysis/requests/requestKey.js';
import type { RequestFilter } from '../analysis/requests/requestsOf.js';
import { figuresByHand, requestsIn, type SaidRequest } from '../testing/requestsByHand.js';
import { makeEvent, NOON, randomFrom, variedViews } from '../testing/rows.js';
import type { EventRow, ViewRow } from './rows.js';
import type { RumStore, ViewRange } from './store.js';

const HOUR = 3_600_000;
const DAY = 86_400_000;
const always: ViewRange = { app: 'shop', from: 0, to: 8.64e15 };
const ANY: RequestFilter = { kind: null, host: null, initiator: null };
const NAMES = ['/api/cart/:id', '/logo.svg', 'https://cdn.example/a.js', 'https://pay.example:8443/v1/:id'];

export function describeRequests(current: () => RumStore): void {
  describe('requests', () => {
    test('are added up by what they ask for and whom, as counted by hand', async () => {
      const store = current();
      const rows = randomRequests(11, 600);
      await store.insert(rows);
      await store.rollUp({ now: () => NOON + HOUR });
      const ranges: readonly ViewRange[] = [
        always,
        {
          ...always,
          to: NOON + 2 * HOUR,
          where: [{ dimension: 'device', keep: true, values: ['mobile'] }],
        },
      ];
      for (const range of ranges) {
        const requests = requestsIn(rows, range);
        const given = await store.requests(range, ANY);
        expect(given.told).toEqual({
          events: requests.length,
          of: null,
          since: range.from,
          complete: true,
        });
        expect(given.views).toBe(new Set(requests.map(({ viewId }) => viewId)).size);
        expect(given.rows.reduce((sum, { n }) => sum + n, 0)).toBe(requests.length);
        for (const row of given.rows) {
          const alike = requests.filter((request) => keyOf(request) === row.key);
          expect(plain(row)).toEqual(figuresByHand(alike));
        }
        expect(given.rows.map(({ n }) => n)).toEqual(given.rows.map(({ n }) => n).toSorted((a, b) => b - a));
        for (const host of given.hosts) {
          expect(plain(host)).toEqual(
            figuresByHand(requests.filter(({ name }) => hostIn(name) === host.host)),
          );
        }
        const others = figuresByHand(requests.filter(({ name }) => !name.startsWith('/')));
        const { n, views, bytes } = others;
        expect(given.others).toMatchObject({ hosts: 2, n, views, bytes });
      }
    });

    test('can be narrowed to a kind, a host and an initiator, and all else stays', async () => {
      const store = current();
      const rows = randomRequests(12, 300);
      await store.insert(rows);
      const all = await store.requests(always, ANY);
      const some = await store.requests(always, { kind: 'files', host: '(own)', initiator: 'img' });
      expect(some).toEqual({
        ...all,
        rows: all.rows.filter(
          ({ kind, host, initiator }) => kind === 'files' && host === '(own)' && initiator === 'img',
        ),
      });
      expect(some.rows.length).toBeGreaterThan(0);
      expect(some.rows.length).toBeLessThan(all.rows.length);
    });

    test('of one template are told in full', async () => {
      const store = current();
      const rows = randomRequests(13, 400);
      await store.insert(rows);
      const [first] = (await store.requests(always, ANY)).rows;
      const alike = requestsIn(rows, always).filter((request) => keyOf(request) === first?.key);
      const detail = await store.request(always, first?.key ?? '');
      expect(detail).toMatchObject({ ...first });
      expect(detail?.histogram.reduce((sum, { n }) => sum + n, 0)).toBe(first?.duration.n);
      expect(detail?.statuses.reduce((sum, { n }) => sum + n, 0)).toBe(alike.length);
      for (const { route, n, duration, failed } of detail?.routes ?? []) {
        const byHand = figuresByHand(alike.filter((request) => request.route === route));
        expect({ n, p75: duration.p75, failed }).toEqual({
          n: byHand.n,
          p75: byHand.p75,
          failed: byHand.failed,
        });
      }
      expect(detail?.occurrences.map(({ id }) => id)).toEqual(alike.slice(0, 20).map(({ id }) => id));
      const views = new Map(rows.views.map((view) => [view.id, view]));
      for (const { viewId, browser, country } of detail?.occurrences ?? []) {
        const { browser: ofView = null, country: from = null } = views.get(viewId) ?? {};
        expect({ browser, country }).toEqual({ browser: ofView, country: from });
      }
      expect(await store.request(always, '0123456789abcdef')).toBeNull();
    });
  });
}

function plain({ n, views, duration, phases, bytes, cached, failed, aborted }: RequestFigures) {
  const { p50, p75, p95 } = duration;
  return { n, views, p50, p75, p95, wait: phases.wait?.median ?? null, bytes, cached, failed, aborted };
}

function keyOf({ name, said }: SaidRequest): string {
  const { initiator = '', method = null } = said;
  return requestKey({ name, initiator, method, operation: null });
}

function hostIn(name: string): string {
  return name.startsWith('/') ? '(own)' : (name.split('/')[2] ?? '');
}

/** Requests of files and of scripts, some of which fail, are aborted, or come from the cache. */
function randomRequests(
  seed: number,
  count: number,
): { readonly views: readonly ViewRow[]; readonly events: readonly EventRow[] } {
  const random = randomFrom(seed);
  const views = variedViews(seed, 60);
  const events = Array.from({ length: count }, (_, index) => {
    const view = views[Math.floor(random() * views.length)];
    const isScript = random() < 0.6;
    const fate = random();
    const outcome =
      fate < 0.1
        ? { status: 503 }
        : fate < 0.2
          ? { status: 0, failure: fate < 0.15 ? 'abort' : 'network' }
          : { status: isScript ? 200 : 0 };
    const cached = random() < 0.2;
    const said = {
      initiator: isScript ? 'fetch' : random() < 0.5 ? 'img' : 'script',
      ...(isScript && { method: random() < 0.5 ? 'GET' : 'POST' }),
      ...outcome,
      ...(random() < 0.7 && { wait: Math.round(random() * 900) }),
      ...(cached ? { transferSize: 0, cached } : { transferSize: 100 + Math.floor(random() * 5000) }),
    };
    return makeEvent(1000 + index, {
      type: 'resource',
      name: NAMES[Math.floor(random() ** 2 * NAMES.length)] ?? '/',
      occurredAt: NOON + Math.floor(random() * 6 * HOUR) - DAY,
      duration: Math.round(random() ** 3 * 30_000) / 10,
      data: JSON.stringify(said),
      ...(view !== undefined && { viewId: view.id, route: view.route }),
    });
  });
  return { views, events };
}
