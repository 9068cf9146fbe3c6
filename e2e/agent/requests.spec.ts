import type { ResourceEvent } from '@rumkit/react-rum/protocol';
import { expect, test, turnAway } from './agentTest.js';
import type { Site } from './site.js';

/** Of requests and files, without the agent's own script. */
function resources(site: Site): readonly ResourceEvent[] {
  return site.collector.events('resource').filter(({ name }) => name !== '/agent.js');
}
const outline = (site: Site) =>
  resources(site).map(({ name, initiator, method, status, failure }) => [
    initiator,
    method,
    name,
    status,
    failure,
  ]);

test('requests of scripts are told with method, status and phases, each once', async ({ page, site }) => {
  await page.goto(site.page('/', ''));
  await page.evaluate(async () => {
    await fetch('/json/users/42?full=1#top').then((response) => response.json());
    await fetch('/missing/0193e8c0-7b1a-7c3e-9d1f-6b1f0e5f8a2c', { method: 'PUT', body: 'x' });
    await fetch(new Request('/broken', { method: 'POST', body: 'x' }));
    await fetch('/slow?ms=200').then((response) => response.text());
    for (const [method, url] of [
      ['GET', '/json/orders/7'],
      ['DELETE', '/empty'],
    ] as const) {
      await new Promise((resolve) => {
        const request = new XMLHttpRequest();
        request.open(method, url);
        request.onloadend = resolve;
        request.send();
      });
    }
    navigator.sendBeacon('/beacon', 'x');
  });
  await expect.poll(() => outline(site).length).toBeGreaterThanOrEqual(7);
  await turnAway(page);
  // What would be told twice comes with or after this.
  await expect.poll(() => site.collector.views()[0]?.duration).toBeGreaterThan(0);
  expect(outline(site)).toEqual(
    expect.arrayContaining([
      ['fetch', 'GET', '/json/users/:id', 200, undefined],
      ['fetch', 'PUT', '/missing/:id', 404, undefined],
      ['fetch', 'POST', '/broken', 500, undefined],
      ['fetch', 'GET', '/slow', 200, undefined],
      ['xmlhttprequest', 'GET', '/json/orders/:id', 200, undefined],
      ['xmlhttprequest', 'DELETE', '/empty', 204, undefined],
      ['beacon', undefined, '/beacon', 204, undefined],
    ]),
  );
  expect(outline(site)).toHaveLength(7);
  const slow = resources(site).find(({ name }) => name === '/slow');
  expect(slow?.duration).toBeGreaterThanOrEqual(200);
  expect(slow?.wait).toBeGreaterThanOrEqual(195);
  expect(slow).toMatchObject({ protocol: 'http/1.1', decodedSize: 4 });
  expect(slow?.transferSize).toBeGreaterThan(4);
  const [view] = site.collector.views();
  for (const event of resources(site)) expect(event.viewId).toBe(view?.id);
});

test('requests that got no answer say why', async ({ page, site }) => {
  await page.goto(site.page('/', ''));
  await page.evaluate(async () => {
    const silent = () => {};
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 50);
    await Promise.all([
      fetch('/reset').catch(silent),
      fetch('/hang?abort', { signal: abort.signal }).catch(silent),
      fetch('/hang?timeout', { signal: AbortSignal.timeout(50) }).catch(silent),
      ...(['/reset?xhr', '/hang?xhr-timeout', '/hang?xhr-abort'] as const).map(
        (url) =>
          new Promise((resolve) => {
            const request = new XMLHttpRequest();
            request.open('GET', url);
            if (url.includes('timeout')) request.timeout = 50;
            request.onloadend = resolve;
            request.send();
            if (url.includes('abort')) setTimeout(() => request.abort(), 50);
          }),
      ),
    ]);
  });
  await turnAway(page);
  await expect
    .poll(() =>
      outline(site)
        .map(([initiator, , name, status, failure]) => [initiator, name, status, failure])
        .sort(),
    )
    .toEqual([
      ['fetch', '/hang', 0, 'abort'],
      ['fetch', '/hang', 0, 'timeout'],
      ['fetch', '/reset', 0, 'network'],
      ['xmlhttprequest', '/hang', 0, 'abort'],
      ['xmlhttprequest', '/hang', 0, 'timeout'],
      ['xmlhttprequest', '/reset', 0, 'network'],
    ]);
});

test('a thousand requests side by side are a thousand events', async ({ page, site }) => {
  await page.goto(site.page('/', ''));
  await page.evaluate(async () => {
    for (let round = 0; round < 20; round += 1) {
      await Promise.all(Array.from({ length: 50 }, () => fetch('/json').then((response) => response.text())));
    }
  });
  await expect.poll(() => resources(site).length).toBe(1000);
  await turnAway(page);
  await expect.poll(() => site.collector.views()[0]?.counts?.resource).toBe(1001);
  expect(
    resources(site).every(
      ({ method, status, duration }) => method === 'GET' && status === 200 && duration > 0,
    ),
  ).toBe(true);
});

test('GraphQL requests are told by their operation', async ({ page, site }) => {
  await page.goto(site.page('/', ''));
  await page.evaluate(async () => {
    const post = (body: object) => fetch('/graphql', { method: 'POST', body: JSON.stringify(body) });
    await post({ operationName: 'Cart', query: 'query Cart { cart { id } }' });
    await post({ query: 'mutation AddToCart($sku: ID!) { add(sku: $sku) { id } }' });
  });
  await expect.poll(() => resources(site).map(({ operation }) => operation)).toEqual(['Cart', 'AddToCart']);
});

test("the application's URL templates name its requests", async ({ page, site }) => {
  await page.goto(site.page('/', '', { agent: 'data-url-templates="/json/*/parts/*, /json/*"' }));
  await page.evaluate(async () => {
    for (const url of ['/json/lamp/parts/bulb?x=1', '/json/lamp', '/json/lamp/parts']) await fetch(url);
  });
  await turnAway(page);
  await expect
    .poll(() =>
      resources(site)
        .map(({ name }) => name)
        .sort(),
    )
    .toEqual(['/json/*', '/json/*/parts/*', '/json/lamp/parts']);
});

test('files are told with their initiator, what blocked rendering and what came from the cache', async ({
  page,
  site,
}) => {
  const url = site.page(
    '/',
    '<link rel="stylesheet" href="/file.css"><img src="/image?v=1"><script src="/file.js" async></script>',
    { head: '<script src="/slow?ms=10&type=text/javascript&body=1"></script>' },
  );
  await page.goto(url);
  await expect
    .poll(() =>
      resources(site)
        .map(({ initiator, name, status }) => [initiator, name, status])
        .sort(),
    )
    .toEqual([
      ['img', '/image', 200],
      ['link', '/file.css', 200],
      ['script', '/file.js', 200],
      ['script', '/slow', 200],
    ]);
  const [view] = site.collector.views();
  expect(
    resources(site)
      .filter(({ renderBlocking }) => renderBlocking)
      .map(({ name }) => name),
  ).toContain('/slow');
  await page.goto(`${url}?again`);
  await expect
    .poll(() =>
      resources(site)
        .filter(({ viewId, cached }) => viewId !== view?.id && cached)
        .map(({ name }) => name),
    )
    .toEqual(['/image']);
});

test('other origins are asked as the page asks them, without headers of ours', async ({
  page,
  site,
  pageErrors,
}) => {
  await page.goto(site.page('/', ''));
  const statuses = await page.evaluate(async (other) => {
    const ask = (path: string, init?: RequestInit) =>
      fetch(other + path, init).then(
        ({ status, type }) => `${status} ${type}`,
        (cause) => String(cause),
      );
    const xhr = (path: string) =>
      new Promise((resolve) => {
        const request = new XMLHttpRequest();
        request.open('GET', other + path);
        request.onloadend = () => resolve(request.status);
        request.send();
      });
    return [
      // These would need a preflight, which that server answers without our headers, or not at all.
      await ask('/cors/json'),
      await xhr('/cors/json'),
      await ask('/json', { mode: 'no-cors' }),
      await ask('/json'),
    ];
  }, site.other);
  expect(statuses).toEqual(['200 cors', 200, '0 opaque', 'TypeError: Failed to fetch']);
  expect(site.requests.filter(({ method }) => method === 'OPTIONS')).toEqual([]);
  for (const { headers } of site.requests) {
    expect(headers).not.toHaveProperty('traceparent');
    expect(headers).not.toHaveProperty('baggage');
  }
  await turnAway(page);
  await expect.poll(() => resources(site).map(({ name }) => name)).toContain(`${site.other}/cors/json`);
  expect(pageErrors).toEqual([]);
});

test('trace headers go to the own origin and to those that are named', async ({ page, site }) => {
  await page.goto(site.page('/', '', { agent: `data-tracing="${site.other}"` }));
  await page.evaluate(async (other) => {
    await fetch('/json?own');
    await fetch(`${other}/allow/json?named`);
    await fetch('/json?set', {
      headers: { traceparent: '00-11111111111111111111111111111111-2222222222222222-01' },
    });
    await new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open('GET', '/json?xhr');
      request.setRequestHeader('baggage', 'tenant=a');
      request.onloadend = resolve;
      request.send();
    });
  }, site.other);
  const headersOf = (part: string) =>
    site.requests.find(({ method, url }) => method === 'GET' && url.endsWith(part))?.headers ?? {};
  await expect.poll(() => site.collector.views()[0]?.traceId).toMatch(/^[0-9a-f]{32}$/);
  const [view] = site.collector.views();
  const sessionId = site.collector.batches[0]?.sessionId;
  const own = headersOf('?own');
  expect(own.traceparent).toMatch(new RegExp(`^00-${view?.traceId}-[0-9a-f]{16}-01$`));
  expect(own.baggage).toBe(`rum.session.id=${sessionId},rum.view.id=${view?.id}`);
  expect(headersOf('?named').traceparent).toContain(view?.traceId);
  expect(headersOf('?set').traceparent).toContain('11111111111111111111111111111111');
  expect(headersOf('?xhr').baggage).toBe(`tenant=a, ${own.baggage}`);
  await turnAway(page);
  await expect.poll(() => resources(site).length).toBe(4);
  const spanOf = (traceparent: unknown) => String(traceparent).split('-')[2];
  const spans = resources(site).map(({ spanId }) => spanId);
  expect(spans).toContain(spanOf(own.traceparent));
  expect(spans).toContain(spanOf(headersOf('?xhr').traceparent));
});

test('a request that fails and that nobody catches is told to the page as ever', async ({
  page,
  site,
  pageErrors,
}) => {
  await page.goto(site.page('/', ''));
  await page.evaluate(() => void fetch('/reset'));
  await expect.poll(() => pageErrors.splice(0)).toEqual(['Failed to fetch']);
  await expect
    .poll(() => site.collector.events('error').map(({ source, message }) => [source, message]))
    .toEqual([['unhandledrejection', 'Failed to fetch']]);
});

test('a stream is passed through as it comes', async ({ page, site }) => {
  await page.goto(site.page('/', ''));
  const text = await page.evaluate(async () => {
    const response = await fetch('/slow?ms=20&body=streamed');
    const clone = response.clone();
    return [await response.text(), await new Response(clone.body).text()];
  });
  expect(text).toEqual(['streamed', 'streamed']);
});

test('a page with 2,000 images is told of the first hundred', async ({ page, site }) => {
  await page.goto(site.page('/', ''));
  await page.evaluate(async () => {
    for (let index = 0; index < 2000; index += 1) {
      document.body.append(Object.assign(new Image(), { src: `/pixel?${index}` }));
    }
    await Promise.all([...document.images].map((image) => image.decode()));
  });
  await expect.poll(() => site.collector.views()[0]?.counts?.resource).toBe(2001);
  expect(site.collector.events('resource').length).toBe(100);
});
