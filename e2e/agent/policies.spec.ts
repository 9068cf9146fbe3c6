import type { Page } from '@playwright/test';
import { expect, test, turnAway } from './agentTest.js';

const POLICY = [
  "default-src 'self'",
  "img-src 'self' data:",
  "script-src 'nonce-abc' 'strict-dynamic'",
  "style-src 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');
const NOTE = `<script nonce="abc">
  window.violations = [];
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => violations.push(effectiveDirective + ' ' + blockedURI));
</script>`;

declare global {
  var violations: string[];
}
const violated = (page: Page): Promise<string[]> => page.evaluate(() => violations);

test('under a strict policy with nonce and trusted types everything works and nothing is violated', async ({
  page,
  site,
}) => {
  await page.goto(
    site.page(
      '/',
      `<button data-testid="buy">Buy</button><img src="/image"><script nonce="abc">
        document.querySelector('button').onclick = async () => {
          await fetch('/json');
          rum.track('bought');
          history.pushState(null, '', '/done');
          document.body.append('done');
        };
      </script>`,
      { agent: 'nonce="abc"', head: NOTE, headers: { 'content-security-policy': POLICY } },
    ),
  );
  await page.getByRole('button').click();
  await expect.poll(() => site.collector.events('custom').map(({ name }) => name)).toEqual(['bought']);
  await expect.poll(() => site.collector.events('action').length).toBe(1);
  await expect.poll(() => site.collector.views().length).toBe(2);
  await turnAway(page);
  await expect.poll(() => site.collector.views()[1]?.duration).toBeGreaterThan(0);
  expect(await violated(page)).toEqual([]);
  expect(site.collector.events('error')).toEqual([]);
});

test('so does what is loaded on demand', async ({ page, site }) => {
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  const url = site.page('/', `<script nonce="abc">rum.track('event')</script>`, {
    agent: 'nonce="abc"',
    head: NOTE,
    headers: { 'content-security-policy': POLICY },
  });
  await page.goto(`${url}?rum_debug`);
  await expect.poll(() => said.join()).toContain('event');
  await page.waitForTimeout(300);
  expect(await violated(page)).toEqual([]);
});

test('a page that forbids requests to the collector is not flooded with violations', async ({
  page,
  site,
}) => {
  await page.goto(
    site.page('/', `<script nonce="abc">rum.track('event')</script>`, {
      agent: 'nonce="abc"',
      head: NOTE,
      headers: { 'content-security-policy': `${POLICY}; connect-src 'none'` },
    }),
  );
  await expect.poll(() => violated(page)).not.toEqual([]);
  await page.waitForTimeout(1500);
  expect((await violated(page)).length).toBeLessThan(12);
  expect(site.collector.received).toBe(0);
});

test('in a frame without an origin, where nothing may be stored, the agent does no harm', async ({
  page,
  site,
}) => {
  site.page('/frame', `<script>rum.track('in a frame'); parent.postMessage('done', '*')</script>`, {
    agent: 'data-privacy="consent" data-consent="granted"',
  });
  await page.goto(
    site.page(
      '/',
      `<script>window.heard = []; onmessage = ({ data }) => heard.push(data)</script>
      <iframe sandbox="allow-scripts" src="/frame"></iframe>`,
      { agent: null },
    ),
  );
  await expect
    .poll(() => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard))
    .toEqual(['done']);
  await page.waitForTimeout(300);
});
