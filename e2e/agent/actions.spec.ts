import type { ActionEvent } from '@rumkit/react-rum/protocol';
import { expect, test } from './agentTest.js';
import type { Rum } from './page.js';
import type { Site } from './site.js';

declare const rum: Rum;

const actions = (site: Site): readonly ActionEvent[] => site.collector.events('action');
const outline = (site: Site) => actions(site).map(({ kind, name, target }) => [kind, name, target]);
const TEXT = { agent: 'data-action-text="true"' };

test('clicks, keys, changes and submits are told, and of texts nothing', async ({ page, site }) => {
  await page.goto(
    site.page(
      '/',
      `<button data-testid="save">Save Mr Smith's address</button>
      <form onsubmit="event.preventDefault(); document.title = 'sent'">
        <label>Card <input data-testid="card"></label>
        <select data-testid="size"><option>small</option><option>large</option></select>
        <button data-testid="pay">Pay</button>
      </form>`,
    ),
  );
  await page.getByTestId('save').click();
  await page.getByTestId('save').press('Enter');
  await page.getByTestId('card').fill('4111 1111 1111 1111');
  await page.getByTestId('size').press('ArrowDown');
  await page.getByTestId('pay').click();
  await expect
    .poll(() => outline(site).sort())
    .toEqual([
      ['change', 'input', '[data-testid="card"]'],
      ['change', 'select', '[data-testid="size"]'],
      ['click', 'button', '[data-testid="pay"]'],
      ['click', 'button', '[data-testid="save"]'],
      ['key', 'button', '[data-testid="save"]'],
      ['submit', 'form', 'html>body>form'],
    ]);
  expect(JSON.stringify(site.collector.batches)).not.toMatch(/Smith|4111|large/);
});

test('the names that an application gives are told, and where texts are allowed what is read on an element', async ({
  page,
  site,
}) => {
  await page.goto(
    site.page(
      '/',
      `<button data-rum-action="buy_now"><i>Buy</i></button>
      <button id="text"> Add to
        cart </button>
      <label>E-mail <input id="email"></label>
      <button id="aria" aria-label="Close"></button>
      <button id="title" title="Help"></button>
      <div id="note" contenteditable="true"><a id="typed">what was typed</a></div>
      <textarea id="area">what was typed</textarea>
      <button id="long">${'long '.repeat(100)}</button>`,
      TEXT,
    ),
  );
  await page.locator('i').click();
  for (const id of ['text', 'aria', 'title', 'typed', 'long']) await page.locator(`#${id}`).click();
  await page.locator('#email').fill('a@b.example');
  await page.locator('#area').fill('typed');
  await page.locator('#area').blur();
  await expect.poll(() => actions(site).length).toBeGreaterThanOrEqual(8);
  const names = actions(site).map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['buy_now', 'Add to cart', 'Close', 'Help', 'E-mail', 'textarea']),
  );
  expect(actions(site).find(({ name }) => name === 'buy_now')?.target).toBe('[data-rum-action="buy_now"]');
  expect(Math.max(...names.map(({ length }) => length))).toBeLessThanOrEqual(64);
  expect(JSON.stringify(site.collector.batches)).not.toMatch(/what was typed|a@b/);
});

test('what came of a click is told with it: requests, errors, another view', async ({
  page,
  site,
  pageErrors,
}) => {
  await page.goto(
    site.page(
      '/',
      `<button id="load">Load</button><button id="break">Break</button><button id="go">Go</button><p></p><script>
        document.querySelector('#load').onclick = async () => {
          await Promise.all([fetch('/slow?ms=100').then((r) => r.text()), fetch('/json').then((r) => r.text())]);
          document.querySelector('p').textContent = 'loaded';
        };
        document.querySelector('#break').onclick = () => { throw new Error('broken'); };
        document.querySelector('#go').onclick = () => history.pushState(null, '', '/next');
      </script>`,
    ),
  );
  const byTarget = (target: string) => actions(site).find((action) => action.target === target);
  await page.locator('#load').click();
  await expect.poll(() => byTarget('#load')).toMatchObject({ requests: 2 });
  expect(byTarget('#load')?.duration).toBeGreaterThanOrEqual(100);
  expect(byTarget('#load')).not.toHaveProperty('frustrations');
  await page.locator('#break').click();
  await expect.poll(() => byTarget('#break')).toMatchObject({ errors: 1 });
  expect(byTarget('#break')?.frustrations).toContain('error');
  await page.locator('#go').click();
  await expect.poll(() => byTarget('#go')).toMatchObject({ navigated: true });
  expect(byTarget('#go')?.viewId).toBe(site.collector.views()[0]?.id);
  expect(pageErrors.splice(0)).toEqual(['broken']);
});

test('a click that nothing comes of is dead, unless it is on what shows nothing', async ({ page, site }) => {
  await page.goto(
    site.page(
      '/',
      `<button id="dead">Nothing</button><a id="link" href="javascript:void 0">link</a><canvas id="canvas"></canvas>
      <button id="slow" onclick="setTimeout(() => document.title += '.', 1500)">slow</button>`,
    ),
  );
  const byTarget = (target: string) => actions(site).find((action) => action.target === target);
  // One after the other: what comes of the next click would be taken to come of this one.
  for (const id of ['#dead', '#link', '#canvas', '#slow']) {
    await page.locator(id).click();
    await expect.poll(() => byTarget(id)).toBeDefined();
  }
  expect(byTarget('#dead')).toMatchObject({ frustrations: ['dead'], duration: 0 });
  expect(byTarget('#slow')?.duration).toBeGreaterThanOrEqual(1400);
  for (const id of ['#link', '#canvas', '#slow']) expect(byTarget(id)).not.toHaveProperty('frustrations');
});

test('from the third click on in a second, in one place, they are made in rage', async ({ page, site }) => {
  await page.goto(site.page('/', '<p id="text">A text</p>'));
  await page.locator('#text').click({ clickCount: 4, delay: 5 });
  await expect.poll(() => actions(site).length).toBe(4);
  expect(
    actions(site)
      .toSorted((a, b) => a.at - b.at)
      .map(({ frustrations = [] }) => frustrations.includes('rage')),
  ).toEqual([false, false, true, true]);
});

test('three clicks that are far apart, or on three things, are no rage', async ({ page, site }) => {
  await page.goto(
    site.page(
      '/',
      '<main id="map" style="width: 600px; height: 400px; background: teal"></main><button>1</button><button>2</button><button>3</button>',
    ),
  );
  for (const x of [20, 220, 420]) await page.locator('#map').click({ position: { x, y: 200 } });
  for (const button of await page.getByRole('button').all()) await button.click();
  await expect.poll(() => actions(site).length).toBe(6);
  for (const { frustrations = [] } of actions(site)) expect(frustrations).not.toContain('rage');
});

test('the application is told of a frustration', async ({ page, site }) => {
  await page.goto(
    site.page(
      '/',
      `<button id="rage">Nothing</button><script>
        window.met = [];
        rum.configureRum({ onFrustration: (met) => { window.met.push(met); throw new Error('no'); } });
      </script>`,
    ),
  );
  await page.locator('#rage').click({ clickCount: 3, delay: 5 });
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { met: object[] }).met))
    .toContainEqual({
      frustration: 'rage',
      name: 'button',
      target: '#rage',
    });
  await expect.poll(() => actions(site).length).toBe(3);
});

test('what is marked is not told, nor what a script does', async ({ page, site }) => {
  await page.goto(
    site.page(
      '/',
      '<section data-rum-ignore><button id="ignored">Secret</button></section><button id="told" onclick="this.value = 1">Told</button>',
    ),
  );
  await page.locator('#ignored').click();
  await page.evaluate(() => {
    for (let index = 0; index < 100_000; index += 1) document.querySelector<HTMLElement>('#told')?.click();
  });
  await page.locator('#told').click();
  await expect.poll(() => outline(site)).toEqual([['click', 'button', '#told']]);
});

test('a click in a shadow root is told by what was hit', async ({ page, site }) => {
  await page.goto(
    site.page(
      '/',
      `<my-card></my-card><script>
        customElements.define('my-card', class extends HTMLElement {
          connectedCallback() {
            this.attachShadow({ mode: 'open' }).innerHTML = '<button data-testid="inner" onclick="document.title += 1">Buy</button>';
          }
        });
      </script>`,
    ),
  );
  await page.getByTestId('inner').click();
  await expect.poll(() => outline(site)).toEqual([['click', 'button', '[data-testid="inner"]']]);
});

test('a click that leaves the page is told before it goes', async ({ page, site }) => {
  site.page('/next', '');
  await page.goto(site.page('/', '<a id="away" href="/next">away</a>'));
  await page.locator('#away').click();
  await page.waitForURL('**/next');
  await expect.poll(() => outline(site)).toEqual([['click', 'a', '#away']]);
});

test('turned off, none is told', async ({ page, site }) => {
  await page.goto(
    site.page('/', '<button onclick="rum.track(1)">Buy</button>', { agent: 'data-actions="false"' }),
  );
  await page.getByRole('button').click();
  await expect.poll(() => site.collector.events('custom').length).toBe(1);
  expect(actions(site)).toEqual([]);
});
