import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { defineRum } from '@rumkit/next-rum';

/** A plain page's answer. */
export interface SitePage {
  readonly html: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How the collector's address behaves: as it is, hanging up, without ever answering, or with this status. */
type CollectorState = 'up' | 'down' | 'silent' | number;

/** Plain pages with the script tag's files beside them, and the real collector with a database of its own. */
export interface Site {
  readonly url: string;
  collector: CollectorState;
  /** Bodies that reached the collector's address, in order, also those that were turned away. */
  readonly batches: readonly Batch[];
  /** Paths that were asked for. */
  readonly paths: readonly string[];
  /** Names of the custom events in the database, in the order in which they happened. */
  storedNames(): Promise<readonly (string | null)[]>;
  close(): Promise<void>;
}

export interface Batch {
  readonly sentAt: number;
  readonly events: readonly { readonly type: string; readonly name?: string; readonly count?: number }[];
}

const SCRIPTS = ['script.js', 'debug.js', 'offline.js'];

/** @param pages By path. */
export async function openSite(pages: Readonly<Record<string, SitePage>>): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'rum-extras-'));
  const rum = defineRum({ database: `file:${join(folder, 'rum.db')}`, privacy: 'consent', bots: 'counted' });
  const store = await rum.store();
  const batches: Batch[] = [];
  const paths: string[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', site.url);
    paths.push(pathname);
    if (pathname === '/api/rum/batch') return collect(request, response);
    const name = SCRIPTS.find((script) => pathname === `/rum/${script}`);
    if (name) {
      const path = fileURLToPath(import.meta.resolve(`@rumkit/react-rum/${name}`));
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(await readFile(path));
      return;
    }
    const page = pages[pathname];
    if (!page) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...page.headers }).end(page.html);
  }

  async function collect(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const text = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
    batches.push(JSON.parse(text.toString()));
    if (site.collector === 'down') {
      request.socket.destroy();
      return;
    }
    if (site.collector === 'silent') return;
    if (site.collector !== 'up') {
      response.writeHead(site.collector, { 'content-type': 'application/json' }).end('{}');
      return;
    }
    const handled = await rum.handle(
      new Request(new URL('/api/rum/batch', site.url), {
        method: 'POST',
        headers: request.headers as Record<string, string>,
        body,
      }),
    );
    response.writeHead(handled.status, Object.fromEntries(handled.headers)).end(await handled.text());
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      // A page that goes takes its request with it; whatever else fails is to be seen in the test.
      if (!request.destroyed) response.destroy(error);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const site: Site = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    collector: 'up',
    batches,
    paths,
    async storedNames() {
      const range = { app: 'default', from: 0, to: Date.now() + 3_600_000 };
      const events = await store.events(range, 1000);
      return events
        .filter(({ type }) => type === 'custom')
        .map(({ name }) => name)
        .reverse();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return site;
}
