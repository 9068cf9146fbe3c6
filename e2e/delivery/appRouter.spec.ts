import { expect, test } from './fixtures.js';
import type { BrowserWindow } from './launchChromium.js';
import { between, createRandom, oneOf, type Random, SEED } from './random.js';
import { madeByPage, openWindows, untilMade, untilStored } from './visit.js';

/** More than two minutes' worth of what a page may record. */
const EVENTS = 8000;
/** By path, with what their heading says. */
const SECTIONS = {
  '/catalogue': 'Catalogue',
  '/guides': 'Guides',
  '/search': 'Search',
  '/support': 'Support',
};

test('App Router pages lose nothing but what goes beyond the cap, and that is counted', async ({
  delivery,
}) => {
  const { chromium, proxy } = delivery;
  proxy.set({ resets: 0.1, unavailable: 0.05 });
  const windows = await openWindows(chromium, 2);
  await Promise.all(windows.map((window, index) => shop(window, proxy.url, createRandom(SEED + index))));
  const made = await madeByPage(windows);
  expect(made.size).toBe(windows.length);
  const ledger = await untilStored(windows, async () => {
    const read = await delivery.ledger(made);
    expect(read.stored + read.lost).toBe(read.generated);
    return read;
  });
  delivery.report('App Router', ledger);
  expect(ledger).toMatchObject({ duplicates: 0, strangers: 0, inViews: ledger.generated });
  expect(ledger.losses).toEqual({ rate_limited: ledger.lost });
  expect(ledger.lost).toBeGreaterThan(0);
});

/** Goes from section to section in one document, with the network away at times. */
async function shop(window: BrowserWindow, origin: string, random: Random): Promise<void> {
  const { page } = window;
  await page.goto(origin);
  // Before React has taken a link over, a click on it loads another document.
  await page.waitForFunction(
    (selector) =>
      Object.keys(document.querySelector(selector) ?? {}).some((key) => key.startsWith('__reactProps')),
    'nav a[href="/catalogue"]',
  );
  // What Next loads beforehand is there: a page whose code is cut off would show nothing but that it failed.
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => visitor.start());
  for (let made = 0; made < EVENTS; ) {
    const [section, heading] = oneOf(random, Object.entries(SECTIONS));
    await page.click(`nav a[href="${section}"]`);
    await page.waitForURL(origin + section);
    await expect(page.locator('h1')).toHaveText(heading);
    made = await page.evaluate(
      (events) => {
        visitor.make(events);
        return visitor.made;
      },
      between(random, 200, 600),
    );
    if (random() < 0.3) {
      await window.goOffline();
      await untilMade(window, made + 200);
      await window.goOnline();
    }
  }
  await page.evaluate(() => visitor.stop());
}
