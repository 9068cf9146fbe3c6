import { dataOf, expect, lookOn, test, turnAway } from './shop.js';

test('an error is stored with its cause, and one that a boundary caught with its components', async ({
  page,
  shop,
}) => {
  await page.goto(`${shop.url}/support`, { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: 'Ask the bulb' }).click();
  await page.getByRole('button', { name: 'Take it apart' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'This lamp fell apart.' })).toBeVisible();
  await page.getByRole('button', { name: 'Put it together again' }).click();
  await expect(page.getByRole('img', { name: 'Faulty, a lamp' })).toBeVisible();
  await turnAway(page);

  await expect(async () => {
    const errors = await shop.events('error');
    expect(errors.map(dataOf)).toEqual([
      {
        message: 'The bulb never answered',
        source: 'unhandledrejection',
        stack: expect.stringMatching(
          /^Error: The bulb never answered\n +at [\s\S]+\nCaused by: Error: The socket is empty\n +at /,
        ),
      },
      {
        message: 'The lamp fell apart',
        source: 'react',
        stack: expect.stringMatching(/^Error: The lamp fell apart\n +at /),
        componentStack: expect.stringMatching(/^\n +at [\s\S]+\n +at div [\s\S]+\n +at main /),
      },
    ]);
  }).toPass();
});

test('what the shop keeps back of its errors is not sent, and is no loss', async ({ page, shop }) => {
  await page.goto(`${shop.url}/support`, { waitUntil: 'networkidle' });
  await page.evaluate(() => {
    const error = new Error('Not of this shop');
    error.stack = `${error}\n    at chrome-extension://abcdefghijklmnop/content.js:1:1`;
    setTimeout(() => {
      throw error;
    });
  });
  await page.getByRole('button', { name: 'Flip the switch' }).click();
  await lookOn(page);
  await turnAway(page);

  await expect(async () => {
    const stored = await shop.events('error', 'loss');
    expect(stored.map((event) => dataOf(event).message)).toEqual(['The switch came off in my hand']);
  }).toPass();
});
