import { expect, test } from './fixtures.js';
import { createRandom, SEED } from './random.js';
import { madeByPage, openWindows, sendWhatIsLeft, toldByPage, visit } from './visit.js';

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
    }),
  );

  const ledger = await delivery.ledger(made);
  delivery.report('kept', ledger);
  expect(ledger.generated).toBeGreaterThanOrEqual(EVENTS);
  // Where one is missing, this tells a page that was told of its end from one that the browser ended without a word.
  const untold = [...ledger.missing]
    .filter(([page]) => told.get(page) !== made.get(page))
    .reduce((sum, [, numbers]) => sum + numbers.length, 0);
  expect(ledger.stored + ledger.lost, `${untold} are missing of pages that were not told that they go`).toBe(
    ledger.generated,
  );
  expect(ledger).toMatchObject({ duplicates: 0, strangers: 0, inViews: ledger.generated });
});
