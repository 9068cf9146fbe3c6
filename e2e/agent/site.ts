import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Collector, createCollector } from './collector.js';

/** What a page asked for besides itself and the agent. */
interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
}

interface PageOptions {
  /** `data-` attributes of the agent's tag. Null: the page has no agent. */
  readonly agent?: string | null;
  /** Goes before the agent. */
  readonly head?: string;
  /** Headers of the document. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Plain pages with the agent on them, whatever these ask for, and the collector that they report to. */
export interface Site {
  readonly origin: string;
  /** The same server on another port, which is another origin. */
  readonly other: string;
  readonly collector: Collector;
  readonly requests: readonly SeenRequest[];
  /** Puts a page there. @returns Its address. */
  page(path: string, body: string, options?: PageOptions): string;
  close(): Promise<void>;
}

type Respond = (request: IncomingMessage, response: ServerResponse, url: URL) => void | Promise<void>;

const DIST = new URL('../../packages/react-rum/dist/', import.meta.url);
const FLUSH_SOON = 'data-flush-interval="150"';

/** Answers of the server's endpoints, by the first part of their path. */
const ENDPOINTS: Readonly<Record<string, Respond>> = {
  json: (_request, response) => send(response, 200, 'application/json', '{"items":[1,2,3]}'),
  graphql: (_request, response) => send(response, 200, 'application/json', '{"data":{}}'),
  missing: (_request, response) => send(response, 404, 'text/plain', 'not here'),
  broken: (_request, response) => send(response, 500, 'text/plain', 'broken'),
  empty: (_request, response) => send(response, 204, 'text/plain', ''),
  beacon: (_request, response) => send(response, 204, 'text/plain', ''),
  reset: (request) => void request.socket.destroy(),
  hang: () => {},
  slow: async (_request, response, url) => {
    await new Promise((resolve) => setTimeout(resolve, Number(url.searchParams.get('ms'))));
    send(response, 200, url.searchParams.get('type') ?? 'text/plain', url.searchParams.get('body') ?? 'slow');
  },
  'file.css': (_request, response) => send(response, 200, 'text/css', 'p { color: navy }'),
  'file.js': (_request, response) => send(response, 200, 'text/javascript', 'window.loaded = true'),
  pixel: (_request, response) =>
    send(
      response,
      200,
      'image/gif',
      Buffer.from('R0lGODlhAQABAAAAACH5BAAAAAAALAAAAAABAAEAAAICTAEAOw==', 'base64'),
    ),
  image: async (_request, response, url) => {
    await new Promise((resolve) => setTimeout(resolve, Number(url.searchParams.get('ms') ?? 0)));
    // An image of few bytes is no content for the browser.
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="500"><rect width="600" height="500" fill="teal"/><!--${'x'.repeat(20_000)}--></svg>`;
    send(response, 200, 'image/svg+xml', svg, { 'cache-control': 'max-age=60' });
  },
  redirect: (_request, response, url) => {
    response.writeHead(302, { location: url.searchParams.get('to') ?? '/' });
    response.end();
  },
};

/** Which headers another origin allows: `cors`: any page, no header of ours. `allow`: ours too. `timed`: and tells its times. */
const CORS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cors: { 'access-control-allow-origin': '*' },
  allow: {
    'access-control-allow-origin': '*',
    'access-control-allow-headers': 'traceparent,baggage',
    'access-control-allow-methods': 'GET,POST,PUT',
  },
  timed: { 'access-control-allow-origin': '*', 'timing-allow-origin': '*' },
};

export async function startSite(): Promise<Site> {
  const pages = new Map<
    string,
    { readonly html: string; readonly headers: Readonly<Record<string, string>> }
  >();
  const requests: SeenRequest[] = [];
  const collector = createCollector();

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', headers } = request;
    const url = new URL(request.url ?? '/', `http://${headers.host}`);
    const [, first = '', second = ''] = url.pathname.split('/');
    const page = pages.get(url.pathname);
    if (page) return send(response, 200, 'text/html', page.html, page.headers);
    if (/^(agent|debug|offline)\.js$/.test(first)) {
      const file = first.replace('agent', 'script');
      return send(response, 200, 'text/javascript', await readFile(new URL(file, DIST)), CORS.cors);
    }
    if (first === 'node_modules') {
      const file = fileURLToPath(new URL(`../..${url.pathname}`, import.meta.url));
      return send(response, 200, 'text/javascript', await readFile(file));
    }
    if (first === 'rum') return collector.receive(request, response);
    requests.push({ method, url: url.pathname + url.search, headers });
    for (const [name, value] of Object.entries(CORS[first] ?? {})) response.setHeader(name, value);
    if (method === 'OPTIONS') return send(response, 204, 'text/plain', '');
    const endpoint = ENDPOINTS[CORS[first] ? second : first] ?? ENDPOINTS.missing;
    await endpoint?.(request, response, url);
  }

  const servers = [listening(respond), listening(respond)];
  const [origin = '', other = ''] = await Promise.all(servers.map(originOf));
  return {
    origin,
    other,
    collector,
    requests,
    page(path, body, { agent = '', head = '', headers = {} } = {}) {
      const tag =
        agent === null ? '' : `<script src="/agent.js" data-endpoint="/rum" ${FLUSH_SOON} ${agent}></script>`;
      const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${path}</title><link rel="icon" href="data:,">${head}${tag}</head><body>${body}</body></html>`;
      pages.set(path, { html, headers });
      return origin + path;
    },
    async close() {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

function listening(respond: (request: IncomingMessage, response: ServerResponse) => Promise<void>): Server {
  const server = createServer((request, response) => {
    respond(request, response).catch((cause: unknown) => {
      send(response, 500, 'text/plain', String(cause));
    });
  });
  return server.listen(0, '127.0.0.1');
}

async function originOf(server: Server): Promise<string> {
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': type, ...headers });
  response.end(body);
}
