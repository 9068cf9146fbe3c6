import { dataOf, expect, lookOn, menu, test, turnAway } from './shop.js';

test('a click is stored with what came of it, and without what is written on it', async ({ page, shop }) => {
  await page.goto(`${shop.url}/catalogue`, { waitUntil: 'networkidle' });
  await page.getByRole('link', { name: /^Product,/ }).click();
  await expect(page.getByRole('heading', { name: 'Product', level: 1 })).toBeVisible();
  await lookOn(page);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await lookOn(page);
  await page.getByRole('link', { name: 'Cart' }).click();
  await lookOn(page);
  await page.getByRole('link', { name: 'Check out' }).click();
  await lookOn(page);
  await page.getByLabel('Name').fill('Ada Lovelace');
  await page.getByLabel('Address').fill('12 Marylebone Road');
  await lookOn(page);
  await page.getByRole('button', { name: 'Pay' }).click();
  await expect(page.getByText('Thank you.')).toBeVisible();
  await lookOn(page);
  await turnAway(page);

  await expect(async () => {
    const actions = await shop.events('action');
    const told = (ofCheckout: boolean) =>
      actions
        .filter(({ route }) => (route === '/checkout') === ofCheckout)
        .map((action) => [action.route, action.name, dataOf(action)]);
    expect(told(false)).toEqual([
      ['/catalogue', 'a', expect.objectContaining({ kind: 'click', target: 'main>ul>li>a' })],
      ['/product/[id]', 'add to cart', { kind: 'click', target: '[data-rum-action="add to cart"]' }],
      [
        '/product/[id]',
        'a',
        expect.objectContaining({ kind: 'click', target: 'body>div>header>a', navigated: true }),
      ],
      ['/cart', 'a', expect.objectContaining({ kind: 'click', target: 'body>div>main>a', navigated: true })],
    ]);
    // What was typed is told when the visitor goes on, which may be with the click that sends the form.
    expect(told(true).sort()).toEqual([
      ['/checkout', 'form', { kind: 'submit', target: 'body>div>main>form', requests: 1 }],
      ['/checkout', 'input', expect.objectContaining({ kind: 'change', target: 'main>form>label>input' })],
      ['/checkout', 'pay', { kind: 'click', target: '[data-rum-action="pay"]', requests: 1 }],
      ['/checkout', 'textarea', { kind: 'change', target: 'main>form>label>textarea', requests: 1 }],
    ]);
    const [left, added] = actions;
    for (const action of [left, added]) expect(action?.duration).toBeGreaterThan(0);
  }).toPass();
  expect(JSON.stringify(await shop.events())).not.toMatch(/Lovelace|Marylebone/);
});

test('a click that nothing comes of is dead, three in a hurry are rage, and one may break something', async ({
  page,
  shop,
}) => {
  await page.goto(`${shop.url}/support`, { waitUntil: 'networkidle' });
  const chain = page.getByRole('button', { name: 'Pull the chain' });
  await chain.click();
  // Longer than a visitor waits for an answer.
  await page.waitForTimeout(3000);
  await chain.click({ clickCount: 3 });
  await page.waitForTimeout(3000);
  await page.getByRole('button', { name: 'Flip the switch' }).click();
  await lookOn(page);
  await menu(page, 'Guides');
  await turnAway(page);

  await expect(async () => {
    const actions = await shop.events('action');
    const [first, ...others] = actions.filter(({ name }) => name === 'pull the chain');
    expect(first && dataOf(first).frustrations).toEqual(['dead']);
    // The clicks of one moment have no order.
    expect(others.map((action) => dataOf(action).frustrations).sort()).toEqual([
      ['dead'],
      ['dead'],
      ['rage', 'dead'],
    ]);
    expect([first, ...others].map((action) => action?.duration)).toEqual([0, 0, 0, 0]);
    const [flipped, left] = actions.slice(4);
    expect([flipped?.name, flipped && dataOf(flipped)]).toEqual([
      'flip the switch',
      expect.objectContaining({ errors: 1, frustrations: ['error'] }),
    ]);
    expect(left && dataOf(left)).not.toHaveProperty('frustrations');
  }).toPass();
});

test('a button that keeps the page busy is stored as a long frame, with the script to blame', async ({
  page,
  shop,
}) => {
  await page.goto(`${shop.url}/support`, { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: 'Count photons' }).click();
  await expect(page.getByText(/^keeps the page busy for 400 ms: [\d,]+\.$/)).toBeVisible();
  await lookOn(page);
  await turnAway(page);

  await expect(async () => {
    const frames = await shop.events('longtask');
    const busy = frames.filter((frame) => (frame.duration ?? 0) >= 400);
    expect(busy.map(({ name, route }) => [name, route])).toEqual([
      [expect.stringMatching(/^\/_next\/static\/chunks\/.+\.js$/), '/support'],
    ]);
    const [frame] = busy.map(dataOf);
    expect(frame).toMatchObject({
      invoker: expect.stringContaining('.onclick'),
      function: expect.any(String),
    });
    expect(frame?.scriptDuration).toBeGreaterThanOrEqual(400);
    const [view] = await shop.views();
    expect(view?.inp).toBeGreaterThanOrEqual(400);
    expect(view?.blockedTime).toBeGreaterThanOrEqual(Number(frame?.blockingDuration));
  }).toPass();
});
