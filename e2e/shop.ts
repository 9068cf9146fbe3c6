import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { defineRum } from '@rumkit/next-rum';
import { type AppServer, startApp } from '../scripts/lib/appServer.mjs';
import { freePort } from '../scripts/lib/freePort.mjs';

export { expect };

export const VITALS = ['cls', 'fcp', 'inp', 'lcp', 'ttfb'] as const;

export const PASSWORD = 'a-password-for-this-run';

const START_TIMEOUT_MS = 60_000;

/** More rows than any visit here leaves. */
const MOST = 10_000;

type Store = Awaited<ReturnType<ReturnType<typeof defineRum>['store']>>;
export type View = Awaited<ReturnType<Store['views']>>[number];
type Event = Awaited<ReturnType<Store['events']>>[number];

/** The demo's production build, running, and what it has stored. */
export interface Shop {
  readonly url: string;
  /** Oldest first. */
  views(): Promise<readonly View[]>;
  /** Of these types, all where none is named. Oldest first. */
  events(...types: Event['type'][]): Promise<readonly Event[]>;
  /** What the server has printed so far. */
  output(): string;
}

/**
 * Starts the demo's production server on a database.
 *
 * @param env What the server is told besides.
 */
export async function openShop(
  database: string,
  env: NodeJS.ProcessEnv = {},
): Promise<{ readonly shop: Shop; readonly server: AppServer; close(): Promise<void> }> {
  const server = await startApp({
    // The visitors here are driven browsers.
    env: { RUM_DATABASE_URL: database, RUM_ADMIN_PASSWORD: PASSWORD, RUM_BOTS: 'counted', ...env },
  });
  // As load balancers do before they send visitors: what a page says as it closes is not said again where a server that has
  // only just started is not in time to store it.
  await expect
    .poll(async () => (await fetch(`${server.url}/api/rum/health`)).status, { timeout: START_TIMEOUT_MS })
    .toBe(200);
  let store: Store | undefined;
  const read = async () => {
    store ??= await defineRum({ database }).store();
    return store;
  };
  const everything = () => ({ app: 'default', from: 0, to: Date.now() + 60_000 });
  return {
    server,
    shop: {
      url: server.url,
      views: async () => (await (await read()).views(everything(), MOST)).toReversed(),
      events: async (...types) =>
        (await (await read()).events(everything(), MOST))
          .filter(({ type }) => types.length === 0 || types.includes(type))
          .toReversed(),
      output: server.output,
    },
    close: async () => {
      await store?.close();
      await server.stop();
    },
  };
}

export const test = base.extend<{ shop: Shop }>({
  // Playwright makes the pages of its own contexts believe that they are always looked at. The browser's default context,
  // reached from outside, is left as it is: there a tab behind another one is hidden.
  context: async ({ playwright, launchOptions }, use) => {
    const port = await freePort();
    const args = [...(launchOptions.args ?? []), `--remote-debugging-port=${port}`, '--window-size=1280,900'];
    const browser = await playwright.chromium.launch({ ...launchOptions, args });
    const visitor = await playwright.chromium.connectOverCDP(`http://127.0.0.1:${port}`, {
      noDefaults: true,
    });
    const [context] = visitor.contexts();
    if (!context) throw new Error('This Chromium has no default context.');
    await use(context);
    await visitor.close();
    await browser.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures this one needs
  shop: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'rum-shop-'));
    const { shop, close } = await openShop(`file:${join(folder, 'rum.db')}`);
    await use(shop);
    await close();
    await rm(folder, { recursive: true, force: true });
  },
});

/** What of a view tells where the visitor was. */
export function place({ route, path, router }: View): readonly [route: string, path: string, router: string] {
  return [route, path, router];
}

/** Those vitals that the view has. */
export function vitalsOf(view: View): { readonly [name: string]: number } {
  return Object.fromEntries(
    VITALS.flatMap((name): [string, number][] => (view[name] === null ? [] : [[name, view[name]]])),
  );
}

/** What only an event of its type has. */
export function dataOf({ data }: Event): { readonly [field: string]: unknown } {
  return JSON.parse(data ?? '{}');
}

/** Follows a link of the shop's menu and waits for the page. */
export async function menu(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Shop' }).getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
}

/** Looks on for longer than the page and then the agent need to be done with what was clicked last. */
export async function lookOn(page: Page): Promise<void> {
  await page.waitForTimeout(800);
}

/** Turns to another tab, as a visitor does: the page is hidden and stays alive. */
export async function turnAway(page: Page): Promise<void> {
  const other = await page.context().newPage();
  await other.bringToFront();
  await page.waitForFunction(() => document.visibilityState === 'hidden', undefined, { polling: 50 });
}

/** Signs in through the form. */
export async function signIn(page: Page, shop: Shop, password: string = PASSWORD): Promise<void> {
  await page.goto(`${shop.url}/admin/rum`);
  await page.getByLabel('Password').fill(password);
  // Whoever goes on before the answer is there takes the question back.
  const answered = page.waitForResponse((response) => response.url().includes('/sign-in'));
  await page.getByRole('button', { name: 'Sign in' }).click();
  if ((await answered).ok()) await page.getByRole('navigation', { name: 'Admin' }).waitFor();
}
