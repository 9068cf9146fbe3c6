import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, openShop, test, turnAway } from './shop.js';

interface Span {
  readonly traceId: string;
  readonly name: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
}

test('a request, its view row and its server spans carry the same ids', async ({ page }) => {
  const spans: Span[] = [];
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      for (const resource of JSON.parse(Buffer.concat(chunks).toString()).resourceSpans ?? []) {
        for (const scope of resource.scopeSpans) spans.push(...scope.spans);
      }
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const { port } = receiver.address() as AddressInfo;
  const folder = await mkdtemp(join(tmpdir(), 'rum-shop-'));
  const { shop, close } = await openShop(`file:${join(folder, 'rum.db')}`, {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  });
  try {
    await page.goto(`${shop.url}/search`);
    const searched = page.waitForRequest((request) => new URL(request.url()).pathname === '/api/search');
    await page.getByRole('searchbox').fill('lamp');
    const headers = await (await searched).allHeaders();
    await turnAway(page);

    await expect(async () => expect(await shop.views()).toHaveLength(1)).toPass();
    const [view] = await shop.views();
    const [, traceId] = /^00-([0-9a-f]{32})-[0-9a-f]{16}-0[01]$/.exec(headers.traceparent ?? '') ?? [];
    expect(traceId).toBe(view?.traceId);
    const [, sessionId] = /rum\.session\.id=([0-9a-f-]{36})/.exec(headers.baggage ?? '') ?? [];
    expect(headers.baggage).toContain(`rum.view.id=${view?.id}`);

    await expect(async () => {
      const span = spans.find(
        (candidate) => candidate.name.includes('/api/search') && candidate.traceId === traceId,
      );
      const attributes = Object.fromEntries(
        span?.attributes.map(({ key, value }) => [key, value.stringValue]) ?? [],
      );
      expect(attributes).toMatchObject({ 'rum.view.id': view?.id, 'session.id': sessionId });
    }).toPass();
  } finally {
    await close();
    receiver.closeAllConnections();
    receiver.close();
    await rm(folder, { recursive: true, force: true });
  }
});
