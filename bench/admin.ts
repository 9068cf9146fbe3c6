import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from '@playwright/test';
import type { OverviewResponse } from '../packages/next-rum/src/server/api.js';
import { startApp } from '../scripts/lib/appServer.mjs';
import { findChromium } from '../scripts/lib/chromium.mjs';
import { MEASURES, type Watched } from './adminPages/measures.js';
import { median } from './load/median.js';
import { placeFor, withDatabases, withStore } from './storage/databases.js';
import { fill } from './storage/fill.js';
import { percentile } from './storage/percentile.js';

const PASSWORD = 'only-for-the-bench';
const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAYS = 30;
/** Below the admin's own path. A few have something to ask for. */
const PAGES = [
  '',
  '/insights',
  '/vitals/lcp',
  '/pages',
  '/pages/%2Fshop',
  '/errors',
  '/requests',
  '/actions',
  '/components',
  '/sessions',
  '/journeys',
  '/funnels?steps=view:/shop|custom:checkout',
  '/goals?goals=custom:checkout',
  '/live',
  '/dashboards',
  '/settings',
  '/health',
];
/** Lists whose first entry has a page of its own. */
const LISTS = ['/insights', '/errors', '/requests', '/sessions'];
/** Countries that are chosen beside a filter of another kind. */
const PAIRS = 8;
/** What is wanted with ten million views. */
const LIMITS: { readonly [figure in keyof Figures]: number } = {
  firstPageGzip: 220_000,
  interactiveMs: 1500,
  repaintMs: 300,
  uncachedMs: 2000,
  inpP75Ms: 100,
};

interface Figures {
  /** Scripts that the overview's document names, those of Next and React included, bytes. */
  readonly firstPageGzip: number;
  /** From navigation until the slowest page has its figures and draws again, median of the rounds, ms. */
  readonly interactiveMs: number;
  /** From taking a filter back until figures that are known stand there, 95th percentile, ms. */
  readonly repaintMs: number;
  /** The same of a filter that was not asked before, some of them beside another one, 95th percentile, ms. */
  readonly uncachedMs: number;
  /** Interaction to Next Paint, p75 of the views that the admin's own agent reported, ms. */
  readonly inpP75Ms: number | null;
}

const { values } = parseArgs({
  options: {
    views: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
    /** Folder in which the database stays, to be used again on the same day. */
    keep: { type: 'string' },
  },
});
const views = Number(values.views);
const rounds = Math.max(1, Number(values.rounds));

const figures = await withDatabases('sqlite', async (databases) => {
  const { url: database, isFull } = await placeFor(databases, values.keep, `admin-${views}`);
  const to = Math.floor(Date.now() / HOUR) * HOUR;
  console.log(`${views} views over ${DAYS} days${isFull ? ', from an earlier run' : ''}`);
  if (!isFull) await withStore(database, (store) => fill(store, views, { from: to - DAYS * 24 * HOUR, to }));
  const app = await startApp({
    env: { RUM_DATABASE_URL: database, RUM_ADMIN_PASSWORD: PASSWORD, RUM_BOTS: 'counted' },
  });
  const browser = await chromium.launch({
    executablePath: await findChromium({ log: console.log }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
  try {
    return await measure(browser, `${app.url}/admin/rum`);
  } finally {
    await browser.close();
    await app.stop();
  }
});
console.table(
  Object.fromEntries(
    Object.entries(LIMITS).map(([figure, wanted]) => [
      figure,
      { measured: figures[figure as keyof Figures], wanted },
    ]),
  ),
);
console.log(JSON.stringify({ bench: 'admin', ...figures }));

async function measure(browser: Browser, admin: string): Promise<Figures> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(MEASURES);
  const firstPageGzip = await signIn(page, admin);

  const opened = new Map<string, number[]>();
  const pages = [...PAGES, ...(await detailsOf(page, admin)), await boardOf(page, admin)];
  for (let round = 0; round < rounds; round += 1) {
    for (const path of pages) {
      await page.goto(addressOf(admin, path));
      opened.set(path, [...(opened.get(path) ?? []), await settled(page)]);
    }
  }
  const byPage = [...opened].map(([path, times]) => ({ path, ms: Math.round(median(times)) }));
  console.table(byPage);

  const { uncached, cached } = await changeFilters(page, admin);
  return {
    firstPageGzip,
    interactiveMs: Math.max(...byPage.map(({ ms }) => ms)),
    repaintMs: Math.round(percentile(cached, 0.95)),
    uncachedMs: Math.round(percentile(uncached, 0.95)),
    inpP75Ms: await inpOf(page, admin),
  };
}

function addressOf(admin: string, path: string): string {
  return `${admin}${path}${path.includes('?') ? '&' : '?'}range=30d`;
}

/** The page of the first entry of each list, below the admin's own path. */
async function detailsOf(page: Page, admin: string): Promise<string[]> {
  const details: string[] = [];
  for (const list of LISTS) {
    await page.goto(addressOf(admin, list));
    await settled(page);
    const links = page.getByRole('main').locator(`a[href*="${new URL(admin).pathname}${list}/"]`);
    if ((await links.count()) === 0) {
      console.log(`${list} has nothing with a page of its own`);
      continue;
    }
    const { pathname } = new URL((await links.first().getAttribute('href')) ?? '', admin);
    details.push(pathname.slice(new URL(admin).pathname.length));
  }
  return details;
}

/** The page of a board with the panels that a new one has. */
async function boardOf(page: Page, admin: string): Promise<string> {
  await page.goto(addressOf(admin, '/dashboards'));
  await page.getByLabel('Name of a new board').fill('Bench');
  await page.getByRole('button', { name: 'New board' }).click();
  await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
  return new URL(page.url()).pathname.slice(new URL(admin).pathname.length);
}

/** @returns Bytes of the scripts that the overview's document names. */
async function signIn(page: Page, admin: string): Promise<number> {
  await page.goto(admin);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Admin' }).waitFor();
  const response = await page.goto(`${admin}?range=30d`);
  const html = (await response?.text()) ?? '';
  const tags = [...html.matchAll(/<script[^>]* src="([^"]+)"[^>]*>/g)];
  // What is for browsers without modules no other loads.
  const needed = tags.filter(([tag]) => !/nomodule/i.test(tag)).map(([, source = '']) => source);
  const scripts = new Set(needed);
  let bytes = 0;
  for (const source of scripts) {
    const script = await page.request.get(new URL(source, admin).href);
    bytes += gzipSync(await script.body(), { level: 9 }).length;
  }
  return bytes;
}

/** Each of the countries that the overview lists, as a filter and back; some of them beside a kind of device. */
async function changeFilters(
  page: Page,
  admin: string,
): Promise<{ readonly uncached: readonly number[]; readonly cached: readonly number[] }> {
  const [uncached, cached]: [number[], number[]] = [[], []];
  for (const [question, most] of [
    ['range=30d', Number.POSITIVE_INFINITY],
    ['range=7d', Number.POSITIVE_INFINITY],
    ['range=30d&filter=device:mobile', PAIRS],
  ] as const) {
    await page.goto(`${admin}?${question}`);
    await settled(page);
    const rows = page.getByRole('region', { name: 'Countries' }).locator('.rum-row-button');
    const times: number[] = [];
    for (let index = 0; index < Math.min(most, await rows.count()); index += 1) {
      times.push(await timed(page, () => rows.nth(index).click()));
      cached.push(await timed(page, () => page.locator('.rum-chip-value').last().click()));
    }
    uncached.push(...times);
    console.log(
      `A country beside ${question}: ${times.length} of them, slowest ${Math.round(Math.max(...times))} ms`,
    );
  }
  return { uncached, cached };
}

/** ms from the input that `act` makes until the page shows what it asks for. */
async function timed(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(() => (globalThis as unknown as Watched).rumBench.await());
  await act();
  return page.evaluate(() => (globalThis as unknown as Watched).rumBench.shown());
}

/** ms from navigation until the page has its figures and draws again. */
function settled(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as Watched).rumBench.settled());
}

/** Moves about as a viewer does, and asks the admin what it measured of itself. */
async function inpOf(page: Page, admin: string): Promise<number | null> {
  const from = Date.now();
  for (let round = 0; round < rounds; round += 1) {
    for (const place of ['Vitals', 'Pages', 'Errors', 'Sessions', 'Live', 'Overview']) {
      const link = page.getByRole('navigation', { name: 'Admin' }).getByRole('link', { name: place });
      await link.click();
      // The page before stands there until the other one is drawn.
      await link.and(page.locator('[aria-current="page"]')).waitFor();
      await settled(page);
      await page.keyboard.press('/');
      await page.keyboard.press('Escape');
    }
  }
  // Whoever leaves has what was measured sent.
  await page.goto('about:blank');
  await page.waitForTimeout(1000);
  const question = new URLSearchParams({
    audience: 'admin',
    from: String(from),
    to: String(Math.max(Date.now(), from + MINUTE)),
  });
  const answer = await page.request.get(new URL(`/api/rum/admin/overview?${question}`, admin).href);
  const { vitals }: OverviewResponse = await answer.json();
  console.log(`INP of ${vitals.inp.n} views of the admin`);
  return vitals.inp.p75 === null ? null : Math.round(vitals.inp.p75);
}
