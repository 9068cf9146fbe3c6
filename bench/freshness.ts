import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import { startApp } from '../scripts/lib/appServer.mjs';
import { findChromium } from '../scripts/lib/chromium.mjs';
import { withDatabases } from './storage/databases.js';
import { percentile } from './storage/percentile.js';

const PASSWORD = 'only-for-the-bench';
/** What the shop calls the click. */
const CLICKED = 'add to cart';
/** Between two clicks, ms: longer than three in a second, which would be rage. */
const [SHORTEST_REST, LONGEST_REST] = [600, 1800];

interface Figures {
  readonly clicks: number;
  /** From the click in one tab until the live page in another has a row of it, ms. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
  /** Whether the live page was a stream, or asked every 2 s. */
  readonly by: 'stream' | 'polling';
}

/**
 * Run in the page, as text, so that no compiler's additions come with them. Both resolve with epoch ms: when the feed has an action of
 * this name that is newer than those it had, and when the page is clicked.
 */
const NEXT_ROW = `(() => {
  const newest = () => Math.max(0, ...[...document.querySelectorAll('.rum-doings tbody tr')]
    .filter((row) => row.querySelector('[data-kind="action"]') && row.querySelector('.rum-doing').textContent === '${CLICKED}')
    .map((row) => Date.parse(row.querySelector('time').dateTime)));
  const before = newest();
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (newest() === before) return;
      observer.disconnect();
      resolve(Date.now());
    });
    observer.observe(document.body, { childList: true, subtree: true, attributes: true });
  });
})()`;
const NEXT_CLICK = `new Promise((resolve) =>
  addEventListener('click', ({ timeStamp }) => resolve(performance.timeOrigin + timeStamp), { once: true, capture: true }),
)`;

const { values } = parseArgs({
  options: {
    clicks: { type: 'string', default: '50' },
    /** Refuses the live page its stream. */
    polling: { type: 'boolean', default: false },
  },
});
const clicks = Math.max(1, Number(values.clicks));

const figures = await withDatabases('sqlite', async ({ create }) => {
  const database = await create();
  const app = await startApp({
    env: { RUM_DATABASE_URL: database, RUM_ADMIN_PASSWORD: PASSWORD, RUM_BOTS: 'counted' },
  });
  const browser = await chromium.launch({
    executablePath: await findChromium({ log: console.log }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
  try {
    return await measure(browser, app.url);
  } finally {
    await browser.close();
    await app.stop();
  }
});
console.table(figures);
console.log(JSON.stringify({ bench: 'freshness', ...figures }));

async function measure(browser: Browser, shop: string): Promise<Figures> {
  const live = await openLive(browser, shop);
  const visitor = await browser.newPage();
  await visitor.goto(`${shop}/product/ember`);
  const button = visitor.locator('[data-rum-action="add to cart"]');
  await button.waitFor();
  const times: number[] = [];
  for (let done = 0; done < clicks; done += 1) {
    await sleep(SHORTEST_REST + Math.random() * (LONGEST_REST - SHORTEST_REST));
    const shown = live.evaluate<number>(NEXT_ROW);
    const clicked = visitor.evaluate<number>(NEXT_CLICK);
    await button.click();
    times.push((await shown) - (await clicked));
  }
  const of = (share: number): number => Math.round(percentile(times, share));
  const by = values.polling ? 'polling' : 'stream';
  return { clicks, p50Ms: of(0.5), p95Ms: of(0.95), maxMs: of(1), by };
}

/** The live page of somebody who is signed in. */
async function openLive(browser: Browser, shop: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`${shop}/admin/rum`);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Admin' }).waitFor();
  if (values.polling) await page.route(/\/admin\/live.*stream/, (route) => route.abort());
  await page.goto(`${shop}/admin/rum/live`);
  await page.locator('.rum-now .rum-totals dd').first().waitFor();
  return page;
}
