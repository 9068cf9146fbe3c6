import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { APP, PICTURE, pageHtml, STYLE } from './page.js';

/** The page with its parts and API, and the place where the agents send what they record. */
export interface Site {
  readonly origin: string;
  /** What an agent sent since the last call. */
  take(agent: string): Sent;
  close(): Promise<void>;
}

interface Sent {
  readonly requests: number;
  /** Of bodies as they came over the wire. */
  readonly bytes: number;
  /** Bodies, decompressed. */
  readonly text: string;
}

const HEADERS = {
  'cache-control': 'no-store',
  // An isolated page tells the time in steps of 5 µs instead of 100.
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** PostHog fetches its project's settings; these are of one that records what the bench compares. */
const POSTHOG_PROJECT = JSON.stringify({
  supportedCompression: ['gzip', 'gzip-js'],
  autocapture_opt_out: false,
  autocaptureExceptions: true,
  capturePerformance: { network_timing: true, web_vitals: true },
  ...{ hasFeatureFlags: false, heatmaps: false, surveys: false, sessionRecording: false, siteApps: [] },
});
const POSTHOG_SETTINGS = `_POSTHOG_REMOTE_CONFIG = { phc_bench: { config: ${POSTHOG_PROJECT}, siteApps: [] } };`;

/**
 * Serves the site on loopback.
 *
 * @param scripts The agents' code by name.
 */
export async function startSite(scripts: ReadonlyMap<string, Uint8Array>): Promise<Site> {
  const bodies = new Map<string, Buffer[]>();

  const server = createServer((request, response) => {
    const [, room = '', name = ''] = (request.url ?? '').split(/[/?]/);
    switch (room) {
      case 'assets':
        return sendAsset(response, name);
      case 'agents':
        return send(response, 'text/javascript', scripts.get(name.replace('.js', '')) ?? '');
      case 'api':
        return send(response, 'application/json', JSON.stringify({ title: 'Article' }));
      case 'blank':
        return send(response, 'text/html', '<!doctype html><title>Blank</title>');
      case 'sink':
        if (request.method === 'POST') return void receive(request, response, name);
        if (name === 'posthog' && request.url?.includes('/config.js'))
          return send(response, 'text/javascript', POSTHOG_SETTINGS);
        response.statusCode = 404;
        return send(response, 'text/plain', '');
      default:
        return send(response, 'text/html', pageHtml(room));
    }
  });

  async function receive(request: IncomingMessage, response: ServerResponse, agent: string): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    bodies.set(agent, [...(bodies.get(agent) ?? []), Buffer.concat(chunks)]);
    // As each one's own server answers. Those that do not read the answer get none, for Chromium counts a keepalive
    // request as under way until its answer was read, and refuses the next ones at 64 KiB.
    if (agent === 'posthog') return send(response, 'application/json', '{"status":1}');
    response.statusCode = 202;
    send(response, 'application/json', agent === 'ours' ? '{"rejected":[]}' : '');
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take(agent) {
      const taken = bodies.get(agent) ?? [];
      bodies.delete(agent);
      return {
        requests: taken.length,
        bytes: taken.reduce((sum, body) => sum + body.length, 0),
        text: taken.map(decode).join('\n'),
      };
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function sendAsset(response: ServerResponse, name: string): void {
  if (name.endsWith('.svg')) send(response, 'image/svg+xml', PICTURE);
  else if (name === 'style.css') send(response, 'text/css', STYLE);
  else send(response, 'text/javascript', name === 'app.js' ? APP : 'window.vendor = true;');
}

function send(response: ServerResponse, type: string, body: string | Uint8Array): void {
  response.writeHead(response.statusCode, {
    ...HEADERS,
    'content-type': type,
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

/** Agents compress with and without a header that says so. */
function decode(body: Buffer): string {
  return (body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body).toString();
}
