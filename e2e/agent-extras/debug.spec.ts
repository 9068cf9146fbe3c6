import { test as base, expect, type Frame, type Page } from '@playwright/test';
import type {} from '@rumkit/react-rum/script.js';
import { openSite, type Site } from './site.js';

const SCRIPT = '<script src="/rum/script.js" data-endpoint="/api/rum"';
const LOCKED = [
  "default-src 'none'",
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
];

const test = base.extend<{ site: Site }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures this one needs
  site: async ({}, use) => {
    const locked = (scripts: string) => ({
      html: `<!doctype html><title>Locked</title>${SCRIPT} nonce="r4nd0m" data-debug="true" data-privacy="consent" data-offline="true"></script><h1>Locked</h1>`,
      headers: { 'content-security-policy': [...LOCKED, scripts].join('; ') },
    });
    const site = await openSite({
      '/': { html: `<!doctype html><title>Plain</title>${SCRIPT}></script><p>hi</p><button>Buy</button>` },
      '/undecided': { html: `<!doctype html><title>Plain</title>${SCRIPT} data-privacy="consent"></script>` },
      '/hooked': {
        html: `<!doctype html><title>Hooked</title>
          <script>window.rum = { q: [['configureRum', { beforeSend(item) {
            if (item.name === 'broken') throw new Error('of the page');
            return item.name === 'secret' ? null : item;
          } }]] };</script>${SCRIPT}></script><h1>Hooked</h1>`,
      },
      '/corner': {
        html: `<!doctype html><title>Corner</title>${SCRIPT}></script>
          <button style="position:fixed;right:16px;bottom:16px" onclick="this.textContent='Opened'">Chat</button>`,
      },
      '/locked': locked("script-src 'nonce-r4nd0m' 'strict-dynamic'"),
      '/nonce-only': locked("script-src 'nonce-r4nd0m'"),
    });
    await use(site);
    await site.close();
  },
});

test('nothing of it is loaded unless it is asked for', async ({ page, site }) => {
  await page.goto(site.url);
  await track(page, 'x');
  await flush(page);
  expect(site.paths.filter((path) => path.startsWith('/rum/'))).toEqual(['/rum/script.js']);
});

test('the console tells what is captured, dropped, lost and sent', async ({ page, site }) => {
  const lines: string[] = [];
  page.on('console', (message) => lines.push(message.text()));
  await page.goto(`${site.url}/hooked?rum_debug`);
  await overlay(page);
  for (const name of ['wanted', 'secret', 'broken']) await track(page, name);
  await flush(page);
  const sentTo = (pattern: RegExp) =>
    expect.poll(() => lines.filter((line) => pattern.test(line))).toHaveLength(1);

  await sentTo(/RUM.* custom wanted/);
  await sentTo(/RUM.* dropped by beforeSend: custom secret/);
  await sentTo(/RUM.* lost, beforeSend threw: custom broken/);
  await sentTo(/RUM.* lost 1 item · before_send: beforeSend threw/);
  await sentTo(/RUM.* \d+ items, .* → 202 stored/);
  await expect.poll(() => site.storedNames()).toEqual(['wanted']);

  site.collector = 503;
  await track(page, 'later');
  await flush(page);
  await sentTo(/RUM.* → 503, goes again/);
});

test('the overlay shows vitals, view and queue as they are', async ({ page, site }) => {
  await page.goto(`${site.url}/?rum_debug`);
  const frame = await overlay(page);
  await frame.getByRole('button', { name: 'RUM' }).click();
  const panel = frame.getByRole('complementary', { name: 'RUM debug' });
  const [sessionId, viewId] = await page.evaluate<[string, string]>(
    "(({ agent }) => [agent.sessionId(), agent.viewId()])(globalThis[Symbol.for('rumkit.agent')])",
  );
  await expect(panel).toContainText(sessionId);
  await expect(panel).toContainText(viewId);

  await page.getByRole('button', { name: 'Buy' }).click();
  await track(page, 'bought');
  await expect(panel).toContainText(/In this view.*custom\s1/);
  await expect(panel).toContainText(/LCP.*ms.*(good|to improve|poor)/);
  await expect(panel).toContainText(/INP.*ms.*(good|to improve|poor)/);

  site.collector = 503;
  await flush(page);
  await expect(panel).toContainText(/Last answer503, goes again/);
  site.collector = 'up';
  await flush(page);
  await expect(panel).toContainText(/1 batch settledLast answer202 stored/);
  await expect(panel).toContainText('Lostnothing');
});

test('the overlay says why nothing is sent', async ({ page, site }) => {
  await page.goto(`${site.url}/undecided?rum_debug`);
  const frame = await overlay(page);
  await frame.getByRole('button', { name: 'RUM' }).click();
  await expect(frame.getByText('Consent is pending')).toBeVisible();
  await page.evaluate(() => window.rum?.setConsent?.('granted'));
  await expect(frame.getByText('Consent is pending')).toBeHidden();
  await page.evaluate(() => window.rum?.setConsent?.('denied'));
  await expect.poll(() => page.frames()).toHaveLength(1);
});

test('the overlay leaves no trace in what is recorded', async ({ page, site }) => {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    for (const type of ['largest-contentful-paint', 'layout-shift', 'first-input']) {
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { element?: Element | null })[])
          seen.push(`${entry.entryType} ${entry.element?.localName ?? ''}`);
      }).observe({ type, buffered: true });
    }
  });
  await page.goto(`${site.url}/?rum_debug`);
  const frame = await overlay(page);
  const toggle = frame.getByRole('button', { name: 'RUM' });
  for (let count = 0; count < 4; count += 1) await toggle.click();
  await toggle.click();
  await frame.getByRole('button', { name: 'Move' }).click();
  await frame.getByRole('button', { name: 'Move' }).click();
  await flush(page);
  await frame.getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => page.frames()).toHaveLength(1);

  // The page's own paragraph and button, both smaller than the overlay's texts; whether they are painted at once is up to the browser.
  const seen: unknown = await page.evaluate('[...new Set(seen)]');
  expect(seen).not.toEqual([]);
  expect(['largest-contentful-paint p', 'largest-contentful-paint button']).toEqual(
    expect.arrayContaining(seen as string[]),
  );
  await flush(page);
  expect(site.batches.flatMap(({ events }) => events).filter(({ type }) => type === 'action')).toEqual([]);
});

test('the overlay can be used and closed with the keyboard', async ({ page, site }) => {
  await page.goto(`${site.url}/?rum_debug`);
  const frame = await overlay(page);
  const toggle = frame.getByRole('button', { name: 'RUM' });
  await page.getByRole('button', { name: 'Buy' }).focus();
  await page.keyboard.press('Tab');
  await expect(toggle).toBeFocused();
  await expect(toggle).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Enter');
  await expect(toggle).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Tab');
  await expect(frame.getByRole('button', { name: 'Move' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(toggle).toHaveAttribute('aria-expanded', 'false');
  await expect(toggle).toBeFocused();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.frames()).toHaveLength(1);
});

test("the overlay gives way to the page's controls, and fits a small screen", async ({ page, site }) => {
  await page.setViewportSize({ width: 360, height: 640 });
  await page.goto(`${site.url}/corner?rum_debug`);
  const frame = await overlay(page);
  await expect(frame.getByText('FCP')).toBeHidden();
  await page.getByRole('button', { name: 'Chat' }).click();
  await expect(page.getByRole('button', { name: 'Opened' })).toBeVisible();

  await frame.getByRole('button', { name: 'RUM' }).click();
  await expect(frame.getByText('FCP')).toBeVisible();
  const box = await (await frame.frameElement()).boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect(box?.y).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(360);
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(640);
  expect(await frame.evaluate(() => document.body.scrollWidth - document.body.clientWidth)).toBe(0);
});

for (const path of ['/locked', '/nonce-only']) {
  test(`both parts work under ${path}: CSP with a nonce, Trusted Types without a policy`, async ({
    page,
    site,
  }) => {
    await page.addInitScript(() => {
      const violations: string[] = [];
      Object.assign(globalThis, { violations });
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
        violations.push(`${violatedDirective} ${blockedURI}`);
      });
    });
    const warnings: string[] = [];
    page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
    await page.goto(`${site.url}${path}`);
    const frame = await overlay(page);
    await frame.getByRole('button', { name: 'RUM' }).click();
    // Its style sheet was taken.
    await expect(frame.getByRole('complementary')).toHaveCSS('display', 'flex');
    await page.evaluate(() => window.rum?.setConsent?.('granted'));
    await track(page, 'locked in');
    await flush(page);
    await expect.poll(() => page.evaluate(async () => (await indexedDB.databases()).length)).toBe(1);
    await expect.poll(() => site.storedNames()).toEqual(['locked in']);
    expect(await page.evaluate('violations')).toEqual([]);
    expect(warnings).toEqual([]);
  });
}

/** Waits for the overlay: the one frame of a page. */
async function overlay(page: Page): Promise<Frame> {
  await expect.poll(() => page.frames().length).toBe(2);
  const [, frame] = page.frames();
  if (!frame) throw new Error('The overlay went again.');
  await expect(frame.getByRole('button', { name: 'RUM' })).toBeVisible();
  return frame;
}

async function track(page: Page, name: string): Promise<void> {
  await page.evaluate((each) => window.rum?.track?.(each), name);
}

async function flush(page: Page): Promise<void> {
  await page.evaluate("globalThis[Symbol.for('rumkit.agent')].agent.flush()");
}
