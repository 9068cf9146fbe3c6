import type { Page } from '@playwright/test';
import { newId, RECEIPT_HEADER, readReceipt } from '@rumkit/react-rum/protocol';
import { expectAccessible, settled } from './expectAccessible.js';
import { expect, type Shop, signIn, test } from './shop.js';

const MINUTE = 60_000;
const LAMPS = 14;

/** What somebody could send to harm whoever looks at it. */
const HOSTILE = [
  '<script>window.hacked=1</script>',
  '\u202Egnp.exe is gone',
  '=cmd|calc',
  '🙂🙂 is sad',
  `${'long '.repeat(1000)}end`,
];

const BROWSERS = {
  Firefox: 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0',
  Safari:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
} as const;

/** Stacks of one function in two builds, as two engines write them. */
const STACKS = {
  Firefox: 'light@https://shop.example/_next/static/chunks/app/lamp/page-1f0c3b9d7e2a4c55.js:1:20\n',
  Safari: 'light@https://shop.example/_next/static/chunks/app/lamp/page-99ab3b9d7e2a4c00.js:7:4242',
} as const;

interface Sent {
  readonly events: readonly { readonly count?: number }[];
}

/** Lets a browser tell of errors, in a view of their own each. */
async function send(
  shop: Shop,
  browser: keyof typeof BROWSERS,
  errors: readonly {
    readonly message: string;
    readonly at: number;
    readonly count?: number;
    readonly [field: string]: unknown;
  }[],
): Promise<Sent> {
  const now = Date.now();
  const views = errors.map(({ at, route = '/lamps' }) => ({
    id: newId(at),
    revision: 1,
    startedAt: at - 1000,
    route,
    path: route,
    router: 'app',
    navigationType: 'navigate',
    vitals: {},
  }));
  const events = errors.map((error, index) => ({
    type: 'error',
    id: newId(error.at),
    viewId: views[index]?.id,
    route: views[index]?.route,
    name: 'TypeError',
    source: 'window.error',
    ...error,
  }));
  const response = await fetch(`${shop.url}/api/rum/batch`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': BROWSERS[browser],
      origin: shop.url,
    },
    body: JSON.stringify({ v: 1, app: 'default', sentAt: now, sessionId: newId(now), views, events }),
  });
  const receipt = readReceipt(response.headers.get(RECEIPT_HEADER), await response.text());
  expect(receipt.accepted).toBe(views.length + events.length);
  return { events };
}

/** Lamps that break in two browsers, some of them again and again, and one of each hostile message. */
async function sendAll(shop: Shop): Promise<{ readonly lamps: number; readonly all: number }> {
  const now = Date.now();
  const lamps = Array.from({ length: LAMPS }, (_, index) => ({
    message: `Lamp ${1000 + index} is broken`,
    at: now - index * MINUTE,
    route: index % 2 === 0 ? '/lamps' : '/lamps/[id]',
    ...(index % 5 === 0 && { count: 3 }),
  }));
  const sent = [
    await send(
      shop,
      'Firefox',
      lamps.filter((_, index) => index < 9).map((lamp) => ({ ...lamp, stack: STACKS.Firefox })),
    ),
    await send(
      shop,
      'Safari',
      lamps.filter((_, index) => index >= 9).map((lamp) => ({ ...lamp, stack: STACKS.Safari })),
    ),
  ];
  const sum = (of: readonly Sent[]): number =>
    of.flatMap(({ events }) => events).reduce((total, { count = 1 }) => total + count, 0);
  const hostile = await send(
    shop,
    'Firefox',
    HOSTILE.map((message) => ({
      message,
      at: now - MINUTE,
      name: 'Error',
      stack: message,
      digest: undefined,
    })),
  );
  return { lamps: sum(sent), all: sum([...sent, hostile]) };
}

async function enter(page: Page, shop: Shop): Promise<void> {
  await signIn(page, shop);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview');
}

test('errors are groups, each of them is told in full, and filters narrow both', async ({ shop, page }) => {
  const { lamps, all } = await sendAll(shop);
  await enter(page, shop);
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Errors');
  const table = page.getByRole('region', { name: 'Errors table' });
  const row = table.getByRole('row').filter({ hasText: 'TypeError: Lamp … is broken' });
  await expect(row).toContainText('New');
  await expect(row.getByRole('cell').nth(1)).toContainText(String(lamps));
  await expect(row.getByRole('cell').nth(2)).toHaveText('2');
  await expect(row.getByRole('cell').nth(3)).toHaveText('2');
  await expect(page.getByText(`${all} events in ${HOSTILE.length + 1} groups`)).toBeVisible();
  await expect(table.getByRole('rowheader').first()).toContainText('Lamp');
  await table.getByRole('button', { name: 'Error' }).click();
  await expect(page).toHaveURL(/[?&]errors=title/);

  const file = (await page.getByRole('link', { name: 'CSV' }).getAttribute('href')) ?? '';
  const csv = await page.evaluate(async (href) => (await fetch(href)).text(), file);
  expect(csv).toContain(`TypeError: Lamp … is broken,TypeError,${lamps},`);

  await row.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('TypeError: Lamp … is broken');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  const course = page.getByRole('region', { name: 'How often' });
  await expect(course.locator('dl div', { hasText: 'Events' }).locator('dd')).toHaveText(String(lamps));
  await expect(course.locator('dl div', { hasText: 'Views' }).locator('dd')).toHaveText(String(LAMPS));
  await course.getByText('Show as table').click();
  const counts = await course.getByRole('row').locator('td').allInnerTexts();
  expect(counts.reduce((sum, text) => sum + Number(text), 0)).toBe(lamps);
  await expect(page.getByRole('region', { name: 'Message', exact: true })).toContainText(
    'Lamp 1000 is broken',
  );
  await expect(page.getByRole('region', { name: 'Stack', exact: true })).toContainText(STACKS.Firefox.trim());
  await expect(page.getByRole('region', { name: 'Occurrences table' }).getByRole('row')).toHaveCount(
    LAMPS + 1,
  );

  const browsers = page.getByRole('region', { name: 'Browser', exact: true });
  await browsers.getByRole('button', { name: /Firefox/ }).click();
  await expect(page).toHaveURL(/filter=browser:Firefox/);
  const ofFirefox = Array.from({ length: 9 }, (_, index) => (index % 5 === 0 ? 3 : 1)).reduce<number>(
    (sum, times) => sum + times,
    0,
  );
  await expect(course.locator('dl div', { hasText: 'Events' }).locator('dd')).toHaveText(String(ofFirefox));
  await settled(page);
  await page
    .getByRole('region', { name: 'Route', exact: true })
    .getByRole('link', { name: '/lamps/[id]' })
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('/lamps/[id]');
});

test('what was sent to harm is shown as text', async ({ shop, page }) => {
  await sendAll(shop);
  await enter(page, shop);
  for (const message of HOSTILE) {
    await page.goto(`${shop.url}/admin/rum/errors`);
    const start = message.slice(0, 20).trim();
    await page
      .getByRole('region', { name: 'Errors table' })
      .getByRole('link')
      .filter({ hasText: start })
      .click();
    const shown = page.getByRole('region', { name: 'Message', exact: true }).locator('pre');
    await expect(shown).toContainText(start);
    await settled(page);
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
    expect(await page.locator('main script').count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  }
});

test('both pages are accessible in both themes, and fit a phone', async ({ shop, page, browser }) => {
  test.slow();
  await sendAll(shop);
  await enter(page, shop);
  await page.goto(`${shop.url}/admin/rum/errors`);
  const link = page.getByRole('link').filter({ hasText: 'Lamp … is broken' });
  const href = (await link.getAttribute('href')) ?? '';
  await expectAccessible(
    { shop, page, browser },
    {
      errors: '/admin/rum/errors?compare=previous',
      error: `${href}?compare=previous`,
      gone: '/admin/rum/errors/0123456789abcdef?compare=previous',
    },
  );
});
