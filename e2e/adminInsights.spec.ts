import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, expect, type Locator, type Page, test } from '@playwright/test';
import { defineRum, verifyWebhook, type WebhookBody } from '@rumkit/next-rum';
import { AFTERWARDS, DEPLOYED, HISTORY, LATER, NOW, RELEASES } from './adminInsightsData.js';
import { expectAccessible, settled } from './expectAccessible.js';
import { openShop, type Shop, signIn, type View } from './shop.js';
import { ownFile } from './tableFiles.js';

const SECRET = 'the-secret-of-this-webhook';
const CRON = 'the-secret-of-this-scheduler';
const HOUR = 3_600_000;
/** Sets the clock on, so that the hours after the fix have passed. */
const CLOCK = `Date.now=(now=>()=>now()+${LATER - NOW})(Date.now)`;

interface Receiver {
  readonly url: string;
  /** Whatever came with a right signature. */
  readonly messages: WebhookBody[];
  readonly refused: string[];
  /** By how much the clock of whoever sends is ahead, ms. */
  ahead: number;
  close(): void;
}

async function startReceiver(): Promise<Receiver> {
  const messages: WebhookBody[] = [];
  const refused: string[] = [];
  const receiver: Receiver = { url: '', messages, refused, ahead: 0, close: () => undefined };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const headers = new Headers(
        Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]),
      );
      const now = Date.now() + receiver.ahead;
      if (verifyWebhook({ headers, body, secret: SECRET, now })) messages.push(JSON.parse(body));
      else refused.push(body);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return Object.assign(receiver, {
    url: `http://127.0.0.1:${port}/hook`,
    close: () => {
      server.close();
    },
  });
}

async function store(database: string, views: readonly View[]): Promise<void> {
  const opened = await defineRum({ database }).store();
  for (let start = 0; start < views.length; start += 5000)
    await opened.insert({ views: views.slice(start, start + 5000), events: [] });
  await opened.close();
}

/** As a scheduler does, until every hour that is over was watched. */
async function maintain(shop: Shop): Promise<void> {
  await expect
    .poll(
      async () => {
        const response = await fetch(`${shop.url}/api/rum/maintain`, {
          headers: { authorization: `Bearer ${CRON}` },
        });
        const { watch } = await response.json();
        return watch.kind === 'done' ? watch.hours : watch.kind;
      },
      { timeout: 120_000 },
    )
    .toBe(0);
}

test('a deploy that slows one route in one browser is noticed, explained, told, and over after the fix', async ({
  page,
  browser,
}) => {
  test.setTimeout(300_000);
  const folder = await mkdtemp(join(tmpdir(), 'rum-insights-'));
  const database = `file:${join(folder, 'rum.db')}`;
  const receiver = await startReceiver();
  const env = { CRON_SECRET: CRON, RUM_WEBHOOK_URL: receiver.url, RUM_WEBHOOK_SECRET: SECRET };
  await store(database, HISTORY);

  const first = await openShop(database, env);
  await maintain(first.shop);
  await expectOpen(page, first.shop);
  await expect.poll(() => receiver.messages.map(({ kind }) => kind)).toEqual(['opened']);
  const [opened] = receiver.messages;
  expect(opened).toMatchObject({
    version: 1,
    app: 'default',
    title: expect.stringMatching(/^Incident: Since release 1\.4\.0 .* p75 LCP .* rose from /),
    words: { cause: expect.stringMatching(/on \/product\/\[id\] in Safari$/) },
    incident: { metric: 'lcp', ended: null, release: { release: RELEASES.slow, at: DEPLOYED } },
  });
  await expectTest(page, first.shop, receiver);
  await look(page, browser, first.shop, opened?.incident?.id ?? '');
  await first.close();

  // Under another name, since a store that was closed stays so.
  await store(`file:${folder}/./rum.db`, AFTERWARDS);
  receiver.ahead = LATER - NOW;
  const second = await openShop(database, { ...env, NODE_OPTIONS: `--import=data:text/javascript,${CLOCK}` });
  await maintain(second.shop);
  await expect.poll(() => receiver.messages.map(({ kind }) => kind).at(-1)).toBe('resolved');
  const resolved = receiver.messages.at(-1);
  expect(resolved?.incident?.id).toBe(opened?.incident?.id);
  expect(resolved?.incident?.ended).toBeGreaterThan(NOW);
  expect(resolved?.title).toMatch(/^Resolved: From .* to .*, p75 LCP .* rose from /);
  expect(receiver.refused).toEqual([]);
  await page.context().clearCookies();
  await signIn(page, second.shop);
  await page.goto(`${second.shop.url}/admin/rum/insights/${opened?.incident?.id}`);
  await expect(page.getByRole('article').getByText('Over', { exact: true })).toBeVisible();
  await page.goto(`${second.shop.url}/admin/rum`);
  await expect(page.getByRole('link', { name: 'Nothing unusual is going on' })).toBeVisible();
  await second.close();
  receiver.close();
  await rm(folder, { recursive: true, force: true });
});

/** The overview leads to a sentence with its cause, its chart, and the views that it is about. */
async function expectOpen(page: Page, shop: Shop): Promise<void> {
  await signIn(page, shop);
  await page.getByRole('link', { name: '1 open incident' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Insights');
  const card = incidentCard(page);
  await expect(card).toHaveCount(1);
  const slow = HISTORY.filter(({ startedAt, browser: name }) => startedAt >= DEPLOYED && name === 'Safari');
  const title = card.getByRole('heading', { level: 2 });
  await expect(title).toContainText(
    /Since release 1\.4\.0 \(.*\), p75 LCP .* rose from 1\.\d\d s to [2-5]\.\d\d s/,
  );
  await expect(
    card
      .getByRole('list', { name: /Where it comes from/ })
      .getByRole('listitem')
      .first(),
  ).toContainText('on /product/[id] in Safari');
  await expect(card.locator('.rum-chart svg').first()).toBeVisible();
  await card.getByText('Show as table').click();
  const during = card.getByRole('row').filter({ has: page.getByRole('cell', { name: 'yes', exact: true }) });
  await expect(during).not.toHaveCount(0);
  expect(slow.length).toBeGreaterThan(100);

  await title.getByRole('link').click();
  await expect(page).toHaveURL(/\/vitals\/lcp\?from=\d+&to=\d+/);
  const to = Number(new URL(page.url()).searchParams.get('to'));
  expect(to).toBeGreaterThan(NOW - HOUR);
  await expectBand(page);
  await page.goBack();
  await expect(card).toHaveCount(1);
  await expectComparison(page);
}

/** On the chart of the vital the incident is a band from when it began, named below it, and a column of its table. */
async function expectBand(page: Page): Promise<void> {
  const panel = page.getByRole('region', { name: /over time/i }).first();
  await expect(panel.locator('.rum-marker-incident')).toHaveCount(1);
  const named = panel.getByRole('listitem').filter({ hasText: 'Incident:' });
  await expect(named).toHaveCount(1);
  await expect(named.getByRole('link')).toHaveAttribute('href', /\/insights\/lcp-\d+/);
  await panel.getByText('Show as table').click();
  const times = panel.getByRole('row').filter({ has: page.getByRole('rowheader') });
  const [all, during] = [times, times.filter({ hasText: /LCP/ })];
  const [rows, marked] = [await all.count(), await during.count()];
  expect(marked).toBeGreaterThan(0);
  expect(marked).toBeLessThan(rows);
  // It is open, so that all of the time from when it began is in it.
  await expect(times.last()).toContainText('LCP');
}

/** A test message arrives, and is in the list. */
async function expectTest(page: Page, shop: Shop, receiver: Receiver): Promise<void> {
  await page.goto(`${shop.url}/admin/rum/settings`);
  await page.getByRole('button', { name: 'Send a test to webhook' }).click();
  await expect.poll(() => receiver.messages.map(({ kind }) => kind)).toEqual(['opened', 'test']);
  const messages = page.getByRole('region', { name: 'Messages, table' });
  await expect(messages.getByRole('row').nth(1)).toContainText(/webhook.*Test.*Sent/);
  await expect(messages.getByRole('row').nth(2)).toContainText(/webhook.*Incident.*Sent/);

  const rules = page.getByRole('region', { name: 'Rules, table' });
  expect((await ownFile(rules.getByRole('table'), 'settings'))?.rows).not.toHaveLength(0);
  const rule = rules.getByRole('row', { name: /^anomaly/ });
  await expect(rule).toContainText(/Whatever is unusual.*Firing.*Always.*1, last/);
  await rule.getByRole('combobox').selectOption('1 day');
  await rule.getByRole('button', { name: 'Mute the rule anomaly' }).click();
  await expect(rule).toContainText('Muted until');
  await rule.getByRole('button', { name: 'Unmute the rule anomaly' }).click();
  await expect(rule).not.toContainText('Muted until');
  await expect(page.getByRole('region', { name: 'Changes, table' })).toContainText(
    /No longer: rule anomaly.*Until .*: rule anomaly/,
  );
}

/** Both themes, a phone; and whoever snoozes it is believed. */
async function look(page: Page, browser: Browser, shop: Shop, id: string): Promise<void> {
  await expectAccessible(
    { shop, page, browser },
    {
      insights: '/admin/rum/insights?range=7d',
      insight: `/admin/rum/insights/${id}?range=24h`,
      settings: '/admin/rum/settings?range=24h',
      overview: '/admin/rum?range=24h',
    },
  );
  await page.goto(`${shop.url}/admin/rum/insights`);
  await settled(page);
  for (const [card, state] of [
    [incidentCard(page), 'Open'],
    [differenceCard(page), 'Slower'],
  ] as const) {
    await card.getByRole('button', { name: 'Snooze' }).click();
    const snoozed = page.getByText(/^Snoozed until/);
    await expect(snoozed).toBeVisible();
    await page.getByRole('button', { name: 'Wake' }).click();
    await expect(snoozed).toBeHidden();
    await expect(card.getByText(state, { exact: true })).toBeVisible();
  }
}

/** The one incident of the feed. */
function incidentCard(page: Page): Locator {
  return page.getByRole('article').filter({ hasText: 'Hour by hour' });
}

/** In the feed, what the release made slower on the route. */
function differenceCard(page: Page): Locator {
  return page
    .getByRole('article', { name: /p75 LCP on \/product\/\[id\] rose/ })
    .filter({ hasText: 'of the same hours of the days before' });
}

/** What the release made slower, by how much, against the hours of the days before, since everybody had it at once. */
async function expectComparison(page: Page): Promise<void> {
  const finding = differenceCard(page);
  await expect(finding).toHaveCount(1);
  const after = HISTORY.filter(
    ({ startedAt, route, lcp }) => startedAt >= DEPLOYED && route === '/product/[id]' && lcp !== null,
  );
  await expect(finding).toContainText(`n = ${after.length}`);
  await expect(finding).toContainText('of the same hours of the days before');
  await expect(finding.getByRole('link', { name: 'in Safari', exact: true })).toBeVisible();
  // Nothing happened to the other routes.
  await expect(page.getByRole('article', { name: /on \/cart (rose|fell)/ })).toHaveCount(0);
  const release = page.getByRole('region', { name: 'Since release 1.4.0' });
  await expect(release).toContainText(/\d of \d+ differences that were looked for .* told above/);
  await release.getByText('All views, metric by metric').click();
  expect((await ownFile(release.getByRole('table'), 'insights'))?.rows).not.toHaveLength(0);
}
