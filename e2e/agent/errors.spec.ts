import { expect, test } from './agentTest.js';
import type { Site } from './site.js';

const outline = (site: Site) =>
  site.collector.events('error').map(({ source, name, message }) => [source, name, message]);

test('what nobody caught is told with its stack and causes, from before the page was ready', async ({
  page,
  site,
  pageErrors,
}) => {
  await page.goto(
    site.page(
      '/',
      `<script>
        function checkout() { throw new TypeError('no cart', { cause: new RangeError('no items') }); }
        setTimeout(() => { Promise.reject(new SyntaxError('bad answer')); });
        setTimeout(() => { throw 'just words'; }, 50);
        checkout();
      </script>`,
    ),
  );
  await expect
    .poll(() => outline(site))
    .toEqual([
      ['window.error', 'TypeError', 'no cart'],
      ['unhandledrejection', 'SyntaxError', 'bad answer'],
      ['window.error', 'NonError', 'just words'],
    ]);
  const [first] = site.collector.events('error');
  expect(first?.stack).toMatch(/at checkout [\s\S]*\nCaused by: RangeError: no items\n/);
  expect(first?.viewId).toBe(site.collector.views()[0]?.id);
  expect(pageErrors.splice(0)).toHaveLength(3);
});

test("of another origin's script that does not say more, what the browser tells", async ({
  page,
  site,
  pageErrors,
}) => {
  const code = encodeURIComponent('throw new Error("secret")');
  await page.goto(
    site.page('/', `<script src="${site.other}/slow?type=text/javascript&body=${code}"></script>`),
  );
  await expect.poll(() => outline(site)).toEqual([['window.error', 'Error', 'Script error.']]);
  expect(pageErrors.splice(0)).toHaveLength(1);
});

test('the console is heard and says what it always says', async ({ page, site }) => {
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  await page.goto(
    site.page(
      '/',
      `<script>console.error('cart', 3); console.error('failed', new TypeError('inside'))</script>`,
    ),
  );
  await expect
    .poll(() => outline(site))
    .toEqual([
      ['console.error', 'Error', 'cart 3'],
      ['console.error', 'TypeError', 'inside'],
    ]);
  expect(said[0]).toBe('cart 3');
  expect(said[1]).toContain('failed TypeError: inside');
});

test('files that do not load are told', async ({ page, site }) => {
  await page.goto(
    site.page(
      '/',
      `<img src="/missing/hero.jpg?token=private"><link rel="stylesheet" href="/missing.css">
      <script src="${site.other}/missing.js"></script>`,
    ),
  );
  await expect
    .poll(() => outline(site).sort())
    .toEqual([
      ['resource', 'ResourceError', 'img /missing/hero.jpg'],
      ['resource', 'ResourceError', 'link /missing.css'],
      ['resource', 'ResourceError', `script ${site.other}/missing.js`],
    ]);
});

test('violations of the content security policy are told', async ({ page, site, pageErrors }) => {
  await page.goto(
    site.page('/', `<img src="${site.other}/image?token=private"><script nonce="1">eval('1')</script>`, {
      head: '',
      headers: { 'content-security-policy': `img-src 'self' data:; script-src 'self' 'nonce-1'` },
    }),
  );
  await page.waitForFunction(() => document.readyState === 'complete');
  await expect
    .poll(() =>
      outline(site)
        .filter(([source]) => source === 'csp')
        .sort(),
    )
    .toEqual([
      ['csp', 'SecurityPolicyViolation', expect.stringMatching(/^img-src .*\/image$/)],
      ['csp', 'SecurityPolicyViolation', expect.stringMatching(/^script-src eval$/)],
    ]);
  // What the page itself did not catch.
  expect(pageErrors.splice(0)).toHaveLength(1);
});

test('what the browser reports of deprecations is told', async ({ page, site }) => {
  await page.goto(
    site.page(
      '/',
      `<script>
    const request = new XMLHttpRequest(); request.open('GET', '/json', false); request.send();
    document.body.style.webkitBoxAlign; window.webkitStorageInfo;
    addEventListener('unload', () => {});
  </script>`,
    ),
  );
  const heard = await page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const observer = new ReportingObserver(
          (reports) => resolve(reports.map(({ type }) => String(type))),
          {
            buffered: true,
          },
        );
        observer.observe();
        setTimeout(() => resolve(observer.takeRecords().map(({ type }) => String(type))), 2000);
      }),
  );
  await expect
    .poll(() => outline(site).filter(([source]) => source === 'report').length)
    .toBe(heard.filter((type) => /deprecation|intervention/.test(type)).length);
});

test('what the application caught is told once, however often it is told', async ({ page, site }) => {
  await page.goto(
    site.page(
      '/',
      `<script>
        const error = new Error('in a boundary');
        console.error(error);
        rum.reportError(error, { source: 'react', componentStack: '\\n    at Cart' });
        for (let index = 0; index < 500; index += 1) rum.reportError(Object.assign(new Error('again'), { stack: 'at a' }));
      </script>`,
    ),
  );
  await expect.poll(() => site.collector.views()[0]?.counts?.error).toBe(501);
  expect(site.collector.events('error')).toMatchObject([
    { source: 'react', message: 'in a boundary', componentStack: '\n    at Cart' },
    { source: 'reported', message: 'again' },
    { source: 'reported', message: 'again', count: 499 },
  ]);
});

test('10,000 errors in a second leave no more than the cap, and the page alive', async ({
  page,
  site,
  pageErrors,
}) => {
  await page.goto(site.page('/', ''));
  await page.evaluate(() => {
    for (let index = 0; index < 10_000; index += 1) {
      dispatchEvent(
        new ErrorEvent('error', { error: Object.assign(new Error(`error ${index}`), { stack: '' }) }),
      );
    }
  });
  await expect.poll(() => site.collector.views()[0]?.counts?.error).toBe(10_000);
  const lost = () => site.collector.events('loss').reduce((sum, { count }) => sum + count, 0);
  await expect.poll(() => site.collector.events('error').length + lost()).toBe(10_000);
  // A minute of the clock may end in between.
  expect(site.collector.events('error').length).toBeLessThanOrEqual(6000);
  expect(pageErrors).toEqual([]);
});
