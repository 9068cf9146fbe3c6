import { expect, test } from './fixtures.js';
import { pathOf } from './pages.js';
import { createRandom, SEED } from './random.js';
import { madeByPage, openWindows, untilStored, visit } from './visit.js';

test('in strict mode nothing is stored twice, and nothing is lost but by pages that went', async ({
  delivery,
}) => {
  const { chromium, proxy } = delivery;
  proxy.set({ resets: 0.1, unavailable: 0.05 });
  const windows = await openWindows(chromium, 4);
  await Promise.all(
    windows.map((window, index) =>
      visit(window, proxy.url, 'strict', `${index}`, 20_000, createRandom(SEED + index), {
        disturbances: ['nothing', 'hide'],
        leavings: ['link', 'reload', 'back'],
      }),
    ),
  );
  const here = await Promise.all(windows.map(({ page }) => page.evaluate(() => visitor.page)));
  const made = await madeByPage(windows);
  const ledger = await untilStored(windows, async () => {
    const read = await delivery.ledger(made);
    for (const page of here) expect(read.missing.get(page)).toEqual([]);
    return read;
  });
  delivery.report('strict', ledger);
  expect(ledger).toMatchObject({ duplicates: 0, strangers: 0 });
  expect(ledger.stored + ledger.lost).toBeLessThanOrEqual(ledger.generated);
});

test('what there is no room for is counted, to the event', async ({ delivery }) => {
  const { chromium, proxy } = delivery;
  proxy.set({ resets: 0.1, unavailable: 0.05 });
  const window = await chromium.openWindow();
  await window.page.goto(proxy.url + pathOf('strict'));
  await window.page.evaluate(() => visitor.stop());
  await window.goOffline();
  await window.page.evaluate(() => {
    for (let burst = 0; burst < 20; burst++) visitor.make(500);
  });
  await window.goOnline();
  const made = await madeByPage([window]);
  const ledger = await untilStored([window], async () => {
    const read = await delivery.ledger(made);
    expect(read.stored + read.lost).toBe(read.generated);
    return read;
  });
  delivery.report('full queue', ledger);
  expect(ledger).toMatchObject({ duplicates: 0, strangers: 0, inViews: ledger.generated });
  expect(ledger.losses).toEqual({ queue_full: ledger.lost });
  expect(ledger.lost).toBeGreaterThan(1000);
});
