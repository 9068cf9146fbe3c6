import { newId } from '@rumkit/react-rum/protocol';
import { expect, test, vi } from 'vitest';
import { OTHER } from '../store/filters.js';
import { StoreError } from '../store/storeError.js';
import { makeEvent, makeView } from '../testing/rows.js';
import { batch, event, NOON, openTestStore, startServer, view } from '../testing/rumServer.js';
import { createLabelCap } from './labelCap.js';

const DAY = '2026-11-23';
const LIMITS = { routes: 2, releases: 1, names: 2 };
const RANGE = { app: 'default', from: 0, to: 1e15 };

function viewsOf(...routes: readonly string[]) {
  return { views: routes.map((route, index) => makeView(index, { route })), events: [] };
}

test('the first labels of a day keep their names, the others share one', async () => {
  const store = await openTestStore();
  const cap = createLabelCap(LIMITS, 'shop');
  const rows = {
    views: [
      makeView(1, { route: '/a', release: '1' }),
      makeView(2, { route: '/b', release: '2' }),
      makeView(3, { route: '/c', release: null }),
    ],
    events: [
      makeEvent(4, { route: '/a', name: 'x' }),
      makeEvent(5, { route: '/d', name: 'y' }),
      makeEvent(6, { route: '/b', name: 'z' }),
      makeEvent(7, { route: '/b', type: 'error', name: 'z' }),
    ],
  };
  const { views, events } = await cap.rows(store, rows, DAY);
  expect(views.map(({ route, release }) => [route, release])).toEqual([
    ['/a', '1'],
    ['/b', OTHER],
    [OTHER, null],
  ]);
  expect(events.map(({ route, name }) => [route, name])).toEqual([
    ['/a', 'x'],
    [OTHER, 'y'],
    ['/b', OTHER],
    ['/b', 'z'],
  ]);
});

test('rows that fit are handed on as they are', async () => {
  const rows = viewsOf('/a', '/b');
  expect(await createLabelCap(LIMITS, 'shop').rows(await openTestStore(), rows, DAY)).toBe(rows);
});

test('another instance, and this one after a restart, knows the same labels', async () => {
  const store = await openTestStore();
  const [one, other] = [createLabelCap(LIMITS, 'shop'), createLabelCap(LIMITS, 'shop')];
  await one.rows(store, viewsOf('/a'), DAY);
  await other.rows(store, viewsOf('/b'), DAY);
  const routesOf = async (cap: typeof one, route: string) =>
    (await cap.rows(store, viewsOf(route), DAY)).views.map((row) => row.route);
  expect(await routesOf(one, '/b')).toEqual(['/b']);
  expect(await routesOf(one, '/c')).toEqual([OTHER]);
  expect(await routesOf(other, '/a')).toEqual(['/a']);
});

test('a day begins anew, but for what was there the day before', async () => {
  const store = await openTestStore();
  const cap = createLabelCap({ ...LIMITS, routes: 3 }, 'shop');
  const routesOf = async (day: string, ...routes: readonly string[]) =>
    (await cap.rows(store, viewsOf(...routes), day)).views.map(({ route }) => route);
  await routesOf(DAY, '/a', '/b');
  expect(await routesOf('2026-11-24', '/c', '/d')).toEqual(['/c', OTHER]);
  expect(await routesOf('2026-11-24', '/e', '/b', '/a')).toEqual([OTHER, '/b', '/a']);
  expect(await routesOf('2026-11-26', '/e', '/f', '/g')).toEqual(['/e', '/f', '/g']);
});

test('made-up routes of the first minute of a day take no place from those of the day before', async () => {
  const store = await openTestStore();
  const admitLabels = vi.spyOn(store, 'admitLabels');
  const cap = createLabelCap({ ...LIMITS, routes: 50 }, 'shop');
  const real = Array.from({ length: 20 }, (_, index) => `/page/${index}`);
  await cap.rows(store, viewsOf(...real), DAY);
  admitLabels.mockClear();
  for (let made = 0; made < 1000; made += 1) await cap.rows(store, viewsOf(`/fake/${made}`), '2026-11-24');
  expect(admitLabels).toHaveBeenCalledTimes(30);
  const { views } = await cap.rows(store, viewsOf(...real), '2026-11-24');
  expect(views.map(({ route }) => route)).toEqual(real);
});

test('the database is asked as often as there may be labels, however many are made up', async () => {
  const store = await openTestStore();
  const admitLabels = vi.spyOn(store, 'admitLabels');
  const cap = createLabelCap({ ...LIMITS, routes: 10 }, 'shop');
  for (let made = 0; made < 2000; made += 1) await cap.rows(store, viewsOf(`/fake/${made}`), DAY);
  expect(admitLabels).toHaveBeenCalledTimes(10);
});

test('many requests at once ask the database together', async () => {
  const store = await openTestStore();
  const admitLabels = vi.spyOn(store, 'admitLabels');
  const cap = createLabelCap({ ...LIMITS, routes: 1000 }, 'shop');
  const results = await Promise.all(
    Array.from({ length: 500 }, (_, index) => cap.rows(store, viewsOf('/', `/page/${index % 50}`), DAY)),
  );
  expect(results.flatMap(({ views }) => views).some(({ route }) => route === OTHER)).toBe(false);
  expect(admitLabels).toHaveBeenCalledTimes(1);
});

test('a database that fails once is asked again', async () => {
  const store = await openTestStore();
  vi.spyOn(store, 'admitLabels').mockRejectedValueOnce(new StoreError('unavailable', 'gone'));
  const cap = createLabelCap(LIMITS, 'shop');
  const [first, second] = await Promise.allSettled([
    cap.rows(store, viewsOf('/a'), DAY),
    cap.rows(store, viewsOf('/b'), DAY),
  ]);
  expect([first.status, second.status]).toContain('rejected');
  const { views } = await cap.rows(store, viewsOf('/a', '/b'), DAY);
  expect(views.map(({ route }) => route)).toEqual(['/a', '/b']);
});

test("apps beside the collector's own are ten a day", async () => {
  const store = await openTestStore();
  const cap = createLabelCap(LIMITS, 'shop');
  const apps = [];
  for (let made = 0; made < 15; made += 1) apps.push(await cap.app(store, `app-${made}`, DAY));
  expect(apps.slice(0, 10)).toEqual(Array.from({ length: 10 }, (_, index) => `app-${index}`));
  expect(new Set(apps.slice(10))).toEqual(new Set([OTHER]));
  expect(await cap.app(store, 'shop', DAY)).toBe('shop');
});

test('totals stay exact whatever is made up, and health says how many rows it was', async () => {
  const { post, send, store } = await startServer({ config: { labels: { ...LIMITS, routes: 3 } } });
  for (let round = 0; round < 10; round += 1) {
    await post(
      batch({
        views: Array.from({ length: 20 }, (_, index) =>
          view({ id: newId(NOON), route: `/fake/${round}/${index}` }),
        ),
        events: [event({ route: '/fake/0/0', name: `made up ${round}` })],
      }),
    );
  }
  expect(await store.totals(RANGE)).toMatchObject({ views: 200, events: 10 });
  const routes = await store.breakdown(RANGE, 'route', 100);
  expect(routes.map(({ value, views }) => [value, views]).sort()).toEqual([
    [OTHER, 197],
    ['/fake/0/0', 1],
    ['/fake/0/1', 1],
    ['/fake/0/2', 1],
  ]);
  const { process } = await (await send('/health?details')).json();
  expect(process.rows.otherLabel).toBe(197 + 8);
});
