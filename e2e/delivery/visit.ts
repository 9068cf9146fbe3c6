import { expect } from '@playwright/test';
import type { BrowserWindow, Chromium } from './launchChromium.js';
import { type PageKind, pathOf } from './pages.js';
import { between, oneOf, type Random } from './random.js';
import { sum } from './sum.js';

/** What may happen in the midst of a page, and how it may be left. */
export interface Habits {
  readonly disturbances: readonly ('nothing' | 'hide' | 'offline')[];
  readonly leavings: readonly ('link' | 'reload' | 'back' | 'offline')[];
}

/** How long a document is stayed on, in events. */
const STAY = { least: 1500, most: 3500 };

/**
 * Goes from page to page of a kind until all visitors together have made so many events, and stops on the last one.
 *
 * @param origin Of the fault proxy.
 */
export async function visit(
  window: BrowserWindow,
  origin: string,
  kind: PageKind,
  name: string,
  events: number,
  random: Random,
  { disturbances, leavings }: Habits,
): Promise<void> {
  const { page } = window;
  const keeps = kind === 'kept';
  await page.goto(origin + pathOf(kind, name));
  let isFresh = false;
  for (;;) {
    await begun(window, keeps);
    const before = await made(window);
    const stay = between(random, STAY.least, STAY.most);
    const turns = [random(), random(), random()].sort().map((share) => before + Math.floor(share * stay));
    const [pushAt = 0, disturbAt = 0, pushAgainAt = 0] = turns;
    await untilMade(window, pushAt);
    await page.evaluate(() => visitor.push());
    await untilMade(window, disturbAt);
    await disturb(window, oneOf(random, disturbances));
    await untilMade(window, pushAgainAt);
    await page.evaluate(() => visitor.push());
    await untilMade(window, before + stay);
    if (sum((await madeByPage([window])).values()) >= events) break;
    const leaving = oneOf(random, leavings);
    // Only of a document that was come to by a link it is known how far back the one before is.
    await leave(window, leaving === 'back' && !isFresh ? 'link' : leaving);
    isFresh = leaving === 'link';
  }
  await page.evaluate(() => visitor.stop());
}

/** Something of the document shown is on its way, and where pages keep what they send it can be kept. */
async function begun({ page }: BrowserWindow, keeps: boolean): Promise<void> {
  await page.waitForFunction((kept) => visitor.keeps || (!kept && visitor.made > 0), keeps, { polling: 50 });
}

export async function untilMade({ page }: BrowserWindow, events: number): Promise<void> {
  await page.waitForFunction((wanted) => visitor.made >= wanted, events, { polling: 20 });
}

function made({ page }: BrowserWindow): Promise<number> {
  return page.evaluate(() => visitor.made);
}

async function disturb(window: BrowserWindow, disturbance: Habits['disturbances'][number]): Promise<void> {
  if (disturbance === 'nothing') return;
  const before = await made(window);
  if (disturbance === 'hide') {
    await window.minimize();
    // Hidden pages have their timers once a second.
    await untilMade(window, before + 50);
    await window.restore();
  } else {
    await window.goOffline();
    await untilMade(window, before + 500);
    await window.goOnline();
  }
}

async function leave(window: BrowserWindow, leaving: Habits['leavings'][number]): Promise<void> {
  const { page } = window;
  const old = await page.evaluate(() => visitor.page);
  if (leaving === 'offline') {
    const before = await made(window);
    await window.goOffline();
    await untilMade(window, before + 200);
  }
  await page.evaluate((way) => {
    // In a task of its own: this call must be answered.
    setTimeout(() => {
      if (way === 'back') history.go(-visitor.pushed - 1);
      else if (way === 'reload') location.reload();
      else document.querySelector('a')?.click();
    });
  }, leaving);
  if (leaving === 'offline') {
    await page.waitForFunction(() => location.protocol === 'chrome-error:', undefined, { polling: 50 });
    // The browser's error page loads the one that was wanted as soon as it can be had.
    await window.goOnline();
  }
  await page.waitForFunction((left) => globalThis.visitor?.page !== left, old, { polling: 50 });
  await page.waitForFunction(() => globalThis.visitor?.made > 0, undefined, { polling: 50 });
}

export async function openWindows(chromium: Chromium, count: number): Promise<BrowserWindow[]> {
  const windows: BrowserWindow[] = [];
  while (windows.length < count) windows.push(await chromium.openWindow());
  return windows;
}

/** How many events each page of the windows' site has made. */
export function madeByPage(windows: readonly BrowserWindow[]): Promise<Map<string, number>> {
  return readCounters(windows, 'made ');
}

/** How many of them had been made when a page was last told that it goes. */
export function toldByPage(windows: readonly BrowserWindow[]): Promise<Map<string, number>> {
  return readCounters(windows, 'told ');
}

/** How many of them had been made when a page had last done all that it does when it goes. */
export function leftByPage(windows: readonly BrowserWindow[]): Promise<Map<string, number>> {
  return readCounters(windows, 'left ');
}

/** Which of a page's was the last that is known to have been in IndexedDB. */
export function keptByPage(windows: readonly BrowserWindow[]): Promise<Map<string, number>> {
  return readCounters(windows, 'kept ');
}

async function readCounters(
  [window]: readonly BrowserWindow[],
  prefix: string,
): Promise<Map<string, number>> {
  const counters = await window?.page.evaluate(
    (begin) => Object.entries<string>({ ...localStorage }).filter(([key]) => key.startsWith(begin)),
    prefix,
  );
  return new Map(counters?.map(([key, count]) => [key.slice(prefix.length), Number(count)]));
}

/** Has the pages shown send what they hold until what is read of the database is as expected. */
export async function untilStored<Read>(
  windows: readonly BrowserWindow[],
  read: () => Promise<Read>,
): Promise<Read> {
  const reads: Read[] = [];
  await expect(async () => {
    for (const { page } of windows) await page.evaluate(() => visitor.flush());
    reads.push(await read());
  }).toPass({ timeout: 90_000, intervals: [500] });
  return reads[0] as Read;
}

/** Sends what pages of the origin have left in IndexedDB, until there is nothing. */
export async function sendWhatIsLeft(windows: readonly BrowserWindow[], origin: string): Promise<void> {
  for (const { page } of windows) await page.goto(origin + pathOf('last'));
  await expect(async () => {
    for (const { page } of windows) await page.evaluate(() => visitor.flush());
    expect(await windows[0]?.page.evaluate(countKept)).toBe(0);
  }).toPass({ timeout: 120_000, intervals: [250] });
}

/** In the page: how many bodies are kept, in the database or left beside it by a page that went. */
async function countKept(): Promise<number> {
  const opening = indexedDB.open('rum.offline');
  const database = await resultOf(opening);
  const count = await resultOf(database.transaction('bodies').objectStore('bodies').count());
  database.close();
  const leftovers = Object.keys(localStorage).filter((name) => name.startsWith('rum.offline.'));
  return count + leftovers.length;

  function resultOf<Result>(request: IDBRequest<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }
}
