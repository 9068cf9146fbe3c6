import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import type {} from '@rumkit/react-rum/script.js';
import { createProfile, type Profile } from './profile.js';
import { type Batch, openSite, type Site } from './site.js';

const test = base.extend<{ profile: Profile; site: Site }>({
  profile: async ({ launchOptions }, use) => {
    const profile = await createProfile(launchOptions);
    await use(profile);
    await profile.remove();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures this one needs
  site: async ({}, use) => {
    const site = await openSite({
      '/': page('data-privacy="consent" data-consent="granted" data-offline="true"'),
      '/undecided': page('data-privacy="consent" data-offline="true"'),
      '/strict': page('data-offline="true"'),
    });
    await use(site);
    await site.close();
  },
});

test('what was recorded offline is stored once, though the page was closed', async ({ profile, site }) => {
  const { context, quit } = await profile.visit();
  const page = await open(context, site.url);
  await context.setOffline(true);
  await track(page, 'first', 'second');
  await flush(page);
  // What a page that closes has sent does not know of the context's state.
  site.collector = 'down';
  await track(page, 'third');
  await page.close({ runBeforeUnload: true });
  await quit();
  expect(await site.storedNames()).toEqual([]);
  site.collector = 'up';

  const later = await comeBack(profile, site);
  await expect.poll(() => site.storedNames(), POLL).toEqual(['first', 'second', 'third']);
  await expect.poll(() => keptNames(later)).toEqual([]);
});

test('what was handed over is stored once, though the browser was killed', async ({ profile, site }) => {
  const { context, kill } = await profile.visit();
  const page = await open(context, site.url);
  site.collector = 'down';
  await track(page, 'first');
  await flush(page);
  site.collector = 'silent';
  await track(page, 'second', 'third');
  await handOver(page);
  await kill();
  site.collector = 'up';
  expect(await site.storedNames()).toEqual([]);

  const later = await comeBack(profile, site);
  await expect.poll(() => site.storedNames(), POLL).toEqual(['first', 'second', 'third']);
  await expect.poll(() => keptNames(later)).toEqual([]);
});

test('what a later request carries is kept once only', async ({ profile, site }) => {
  const { context } = await profile.visit();
  const page = await open(context, site.url);
  site.collector = 503;
  for (const name of ['first', 'second', 'third']) {
    await track(page, name);
    await flush(page);
  }
  await expect.poll(() => keptNames(page)).toEqual([['first', 'second', 'third']]);

  site.collector = 'up';
  await flush(page);
  await expect.poll(() => keptNames(page)).toEqual([]);
  expect(await site.storedNames()).toEqual(['first', 'second', 'third']);
});

test('two tabs share the work of sending again', async ({ profile, site }) => {
  const first = await profile.visit();
  const page = await open(first.context, site.url);
  site.collector = 'down';
  for (const name of ['first', 'second', 'third']) {
    const other = await open(first.context, site.url);
    await track(other, name);
    await flush(other);
  }
  await expect.poll(() => keptNames(page)).toHaveLength(3);
  await first.kill();
  site.collector = 'up';
  const before = site.batches.length;

  const { context } = await profile.visit();
  await context.addInitScript(aMinuteLater);
  await Promise.all([open(context, site.url), open(context, site.url)]);
  await expect
    .poll(async () => [...(await site.storedNames())].sort(), POLL)
    .toEqual(['first', 'second', 'third']);
  const resent = site.batches.slice(before).flatMap(customNames);
  expect(resent.sort()).toEqual(['first', 'second', 'third']);
});

test('a body that goes again says when it goes', async ({ profile, site }) => {
  const { context, kill } = await profile.visit();
  const page = await open(context, site.url);
  site.collector = 'down';
  await track(page, 'first');
  await flush(page);
  await kill();
  site.collector = 'up';
  const sent = site.batches.find(({ events }) => events.some(({ name }) => name === 'first'));

  await comeBack(profile, site);
  await expect.poll(() => site.storedNames(), POLL).toEqual(['first']);
  const resent = site.batches.findLast(({ events }) => events.some(({ name }) => name === 'first'));
  expect(resent).toEqual({ ...sent, sentAt: expect.any(Number) });
  expect(resent?.sentAt).toBeGreaterThan((sent?.sentAt ?? 0) + 60_000);
});

test('in strict mode nothing is kept, and the console says so', async ({ profile, site }) => {
  const { context } = await profile.visit();
  const warnings: string[] = [];
  context.on('console', (message) => warnings.push(message.text()));
  const page = await openWithout(context, `${site.url}/strict`);
  site.collector = 'down';
  await track(page, 'first');
  await flush(page);
  await expect.poll(() => warnings.join()).toContain("privacy: 'consent'");
  expect(await databases(page)).toEqual([]);
});

test('nothing is kept before the visitor consents, and all of it goes when they take it back', async ({
  profile,
  site,
}) => {
  const { context } = await profile.visit();
  const page = await openWithout(context, `${site.url}/undecided`);
  site.collector = 'down';
  await track(page, 'first');
  await flush(page);
  await page.evaluate(() => dispatchEvent(new Event('pagehide')));
  expect(await databases(page)).toEqual([]);

  await page.evaluate(() => window.rum?.setConsent?.('granted'));
  await flush(page);
  await expect.poll(() => keptNames(page)).toEqual([['first']]);

  const other = await open(context, site.url);
  await expect.poll(() => databases(other)).toEqual(['rum.offline']);
  await page.evaluate(() => window.rum?.setConsent?.('denied'));
  await expect.poll(() => databases(page)).toEqual([]);
  // The other tab does not bring it back.
  await track(other, 'second');
  await flush(other);
  expect(await databases(other)).toEqual([]);
});

test('a visitor who denies has removed what an earlier visit left, even before the part is loaded', async ({
  profile,
  site,
}) => {
  const first = await profile.visit();
  const page = await open(first.context, site.url);
  site.collector = 'down';
  await track(page, 'first');
  await flush(page);
  await expect.poll(() => keptNames(page)).toEqual([['first']]);
  await first.quit();

  const { context } = await profile.visit();
  const undecided = await context.newPage();
  await undecided.addInitScript(() => {
    window.rum = { q: [['setConsent', 'denied']] };
  });
  await undecided.goto(`${site.url}/undecided`);
  await expect.poll(() => databases(undecided)).toEqual([]);
});

test('a page with a queue is still kept for going back', async ({ profile, site }) => {
  const { context } = await profile.visit();
  const page = await open(context, site.url);
  site.collector = 'down';
  await track(page, 'first');
  await flush(page);
  await page.evaluate("globalThis.mark = 'the same page'");
  await page.goto(`${site.url}/strict`);
  // Not `goBack`, which waits for a load that does not come.
  await page.evaluate('void setTimeout(() => history.back())');
  await expect.poll(() => page.evaluate('globalThis.mark').catch(String)).toBe('the same page');

  site.collector = 'up';
  await flush(page);
  await expect.poll(() => keptNames(page)).toEqual([]);
  expect(await site.storedNames()).toEqual(['first']);
});

test('without a database the agent goes on as without the queue', async ({ profile, site }) => {
  const { context } = await profile.visit();
  await context.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', {
      get: () => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    });
  });
  const errors: unknown[] = [];
  context.on('weberror', (error) => errors.push(error.error()));
  const page = await openWithout(context, site.url);
  await track(page, 'first');
  await flush(page);
  await expect.poll(() => site.storedNames()).toEqual(['first']);
  expect(errors).toEqual([]);
});

const POLL = { timeout: 20_000 };

function page(attributes: string): { html: string } {
  return {
    html: `<!doctype html><title>Plain</title><script src="/rum/script.js" data-endpoint="/api/rum" ${attributes}></script><h1>Plain</h1>`,
  };
}

/** Opens a page on which the visitor has consented, and waits until its queue has a database. */
async function open(context: BrowserContext, url: string): Promise<Page> {
  const opened = await context.newPage();
  await opened.goto(url);
  await expect.poll(() => databases(opened)).toEqual(['rum.offline']);
  return opened;
}

/** Opens a page on which nothing may be kept, and waits until the queue would be there. */
async function openWithout(context: BrowserContext, url: string): Promise<Page> {
  const opened = await context.newPage();
  const loaded = opened.waitForResponse('**/rum/offline.js');
  await opened.goto(url);
  await loaded;
  return opened;
}

async function track(page: Page, ...names: string[]): Promise<void> {
  for (const name of names) await page.evaluate((each) => window.rum?.track?.(each), name);
}

/** Hands over what waits and does not wait for the answer. */
async function handOver(page: Page): Promise<void> {
  await page.evaluate("void globalThis[Symbol.for('rumkit.agent')].agent.flush()");
}

/** Hands over what waits, whether it can be sent or not, and waits until it was tried. */
async function flush(page: Page): Promise<void> {
  await page.evaluate("globalThis[Symbol.for('rumkit.agent')].agent.flush()");
}

/** A later visit: what an earlier page may still be sending has had its time. */
async function comeBack(profile: Profile, { url }: Site): Promise<Page> {
  const { context } = await profile.visit();
  await context.addInitScript(aMinuteLater);
  return open(context, url);
}

function aMinuteLater(): void {
  const { now } = Date;
  Date.now = () => now() + 61_000;
}

function customNames({ events }: Batch): string[] {
  return events.flatMap(({ type, name }) => (type === 'custom' && name) || []);
}

async function databases(page: Page): Promise<readonly (string | undefined)[]> {
  return page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
}

/** Names of the custom events in each body that is kept; empty without a database. */
async function keptNames(page: Page): Promise<readonly (readonly string[])[]> {
  if ((await databases(page)).length === 0) return [];
  const texts = await page.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open('rum.offline');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const { result: database } = opening;
          const all = database.transaction('bodies').objectStore('bodies').getAll();
          all.onerror = () => reject(all.error);
          all.onsuccess = () => {
            database.close();
            resolve(all.result.map(({ text }: { text: string }) => text));
          };
        };
      }),
  );
  return texts.map((text) => customNames(JSON.parse(text))).filter((names) => names.length > 0);
}
