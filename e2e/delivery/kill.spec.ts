import type { Page } from '@playwright/test';
import type { Batch } from '@rumkit/react-rum/protocol';
import { NO_FAULTS } from './faultProxy.js';
import { expect, test } from './fixtures.js';
import { pathOf } from './pages.js';
import { sendWhatIsLeft } from './visit.js';

/** What a page told while it made events. */
interface Told {
  readonly page: string;
  readonly made?: number;
  /** A body that is in the browser's database. */
  readonly kept?: string;
}

test('a browser that is killed loses at most what it held since its last flush', async ({ delivery }) => {
  const { chromium, proxy } = delivery;
  let made = 0;
  chromium.listen((said) => {
    made = (JSON.parse(said) as Told).made ?? made;
  });
  /** Of each batch: how many events had been made when it arrived, and the last one in it. */
  const arrivals: { readonly made: number; readonly last: number }[] = [];
  proxy.listen((batch) => {
    const last = Math.max(...numbersOf(batch));
    if (last > 0) arrivals.push({ made, last });
  });
  const { page } = await chromium.openWindow();
  await page.goto(proxy.url + pathOf('strict'));
  const name = await makeSteadily(page);
  await expect.poll(() => made).toBeGreaterThan(2000);
  await chromium.kill();
  await expect.poll(() => proxy.figures.underWay).toBe(0);

  const last = arrivals.at(-1)?.last ?? 0;
  // What it said last may have died with it.
  const ledger = await delivery.ledger(new Map([[name, Math.max(made, last)]]));
  delivery.report('killed', ledger);
  expect(ledger).toMatchObject({ duplicates: 0, strangers: 0, lost: 0 });
  // All of what is missing was made after what arrived last.
  expect(ledger.stored).toBe(last);
  // And that was not long before: it had all that was made when the one before it arrived.
  expect(last).toBeGreaterThanOrEqual(arrivals.at(-2)?.made ?? Number.POSITIVE_INFINITY);
});

test('where pages keep what they send, all that was handed to a flush is stored once after the kill', async ({
  delivery,
}) => {
  const { chromium, proxy } = delivery;
  let made = 0;
  /** Last event of which the browser said that it is in its database. */
  let kept = 0;
  const keptBodies = new Set<string>();
  chromium.listen((said) => {
    const told = JSON.parse(said) as Told;
    made = told.made ?? made;
    if (told.kept === undefined) return;
    kept = Math.max(kept, ...numbersOf(JSON.parse(told.kept) as Batch));
    keptBodies.add(told.kept);
  });
  const { page } = await chromium.openWindow();
  await page.goto(proxy.url + pathOf('kept'));
  const name = await makeSteadily(page);
  await expect.poll(() => made).toBeGreaterThan(1000);
  proxy.set({ resets: 1, unavailable: 0 });
  const before = keptBodies.size;
  await expect.poll(() => keptBodies.size).toBeGreaterThan(before + 3);
  await chromium.kill();
  await expect.poll(() => proxy.figures.underWay).toBe(0);

  proxy.set(NO_FAULTS);
  const later = await delivery.restart();
  await sendWhatIsLeft([await later.openWindow()], proxy.url);
  const ledger = await delivery.ledger(new Map([[name, Math.max(made, kept)]]));
  delivery.report('killed while the collector was away', ledger);
  expect(ledger).toMatchObject({ duplicates: 0, strangers: 0, lost: 0 });
  expect(ledger.missing.get(name)?.filter((n) => n <= kept)).toEqual([]);
});

/** Some two hundred events a second. Returns the page's name. */
async function makeSteadily(page: Page): Promise<string> {
  return page.evaluate(() => {
    visitor.stop();
    setInterval(() => visitor.make(3), 15);
    return visitor.page;
  });
}

function numbersOf({ events }: Batch): number[] {
  return events.flatMap((event) => (event.type === 'custom' && Number(event.properties?.n)) || []);
}
