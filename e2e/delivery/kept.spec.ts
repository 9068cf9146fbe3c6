import { expect, test } from './fixtures.js';
import { createRandom, SEED } from './random.js';
import {
  keptByPage,
  leftByPage,
  madeByPage,
  openWindows,
  sendWhatIsLeft,
  toldByPage,
  visit,
} from './visit.js';

const EVENTS = Number(process.env.RUM_EVENTS ?? 100_000);
/** Windows of each of two sites. Each site has storage of its own, where what is left may take 5 MiB. */
const WINDOWS = 2;

test('what pages make is stored once or counted as lost, whatever the network and the visitor do', async ({
  delivery,
}) => {
  const { chromium, proxy } = delivery;
  proxy.set({ resets: 0.1, unavailable: 0.05 });
  const sites = [proxy.url, proxy.url.replace('127.0.0.1', 'localhost')];
  const made = new Map<string, number>();
  const told = new Map<string, number>();
  const left = new Map<string, number>();
  const kept = new Map<string, number>();
  const opened = await openWindows(chromium, sites.length * WINDOWS);
  await Promise.all(
    sites.map(async (origin, site) => {
      const windows = opened.slice(site * WINDOWS, (site + 1) * WINDOWS);
      await Promise.all(
        windows.map((window, index) =>
          visit(window, origin, 'kept', `${index}`, EVENTS / 2, createRandom(SEED + site * WINDOWS + index), {
            disturbances: ['nothing', 'hide', 'offline', 'offline'],
            leavings: ['link', 'link', 'reload', 'back', 'offline'],
          }),
        ),
      );
      await sendWhatIsLeft(windows, origin);
      for (const [page, count] of await madeByPage(windows)) made.set(page, count);
      for (const [page, count] of await toldByPage(windows)) told.set(page, count);
      for (const [page, count] of await leftByPage(windows)) left.set(page, count);
      for (const [page, last] of await keptByPage(windows)) kept.set(page, last);
    }),
  );

  const ledger = await delivery.ledger(made);
  delivery.report('kept', ledger);
  expect(ledger.generated).toBeGreaterThanOrEqual(EVENTS);
  expect(ledger).toMatchObject({ duplicates: 0, strangers: 0 });
  // A page that goes to the browser's error page gets another process, and the old one half a second to end. On a busy machine
  // that may not do, and Chromium kills it: then all that is missing was made after its last flush.
  const unended = [...made].filter(([page, count]) => left.get(page) !== count).map(([page]) => page);
  expect(unended.length).toBeLessThan(made.size / 4);
  let died = 0;
  for (const page of unended) {
    const counts = { made: made.get(page), told: told.get(page), left: left.get(page), kept: kept.get(page) };
    console.info('ended by the browser', page, JSON.stringify(counts));
    const missing = ledger.missing.get(page) ?? [];
    expect(missing.filter((n) => n <= (kept.get(page) ?? 0))).toEqual([]);
    died += missing.length;
  }
  expect(ledger.stored + ledger.lost + died).toBe(ledger.generated);
  expect(ledger.inViews).toBeLessThanOrEqual(ledger.generated);
  // The view of a page that died may have died with what it counted last.
  expect(ledger.inViews === ledger.generated || died > 0).toBe(true);
});
