// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { registry } from './browser/registry.js';
import { type RecordedBatches, recordBatches } from './testing/recordedBatches.js';

let sent: RecordedBatches;

beforeEach(() => {
  vi.resetModules();
  sent = recordBatches();
  vi.stubGlobal('fetch', sent.fetch);
  history.replaceState(null, '', '/');
});
afterEach(() => {
  registry().agent?.stop();
  Reflect.deleteProperty(globalThis, Symbol.for('rumkit.agent'));
  delete window.rum;
});

/** Runs the script as a tag with these `data-` attributes. */
async function load(attributes: Record<string, string> = {}): Promise<void> {
  const script = document.createElement('script');
  Object.assign(script.dataset, attributes);
  vi.spyOn(document, 'currentScript', 'get').mockReturnValue(script);
  await import('./script.js');
}

test('the script tag starts the agent with its attributes and plays back what the page queued', async () => {
  window.rum = { q: [['track', 'queued', { step: 1 }]] };
  await load({
    endpoint: 'https://shop.example/api/rum',
    app: 'press',
    release: '7',
    environment: 'staging',
    ignore: '/private, /drafts',
  });
  window.rum?.track?.('direct');
  history.pushState(null, '', '/drafts/1');
  window.rum?.track?.('ignored');
  await registry().agent?.flush();

  expect(sent.urls[0]).toBe('https://shop.example/api/rum/batch');
  expect(sent.batches[0]).toMatchObject({ app: 'press', release: '7', environment: 'staging' });
  expect(sent.events()).toMatchObject([{ name: 'queued', properties: { step: 1 } }, { name: 'direct' }]);
});

test('numbers and switches are read as such, but a version that looks like a number stays a text', async () => {
  await load({ sampleRate: '0', keepTroubled: 'true', errors: 'false', release: '1.10', app: '42' });
  window.rum?.reportError?.(new Error('unseen'));
  window.rum?.track?.('unseen');
  await registry().agent?.flush();
  expect(sent.batches).toEqual([]);
  registry().agent?.stop();

  vi.resetModules();
  await load({ release: '1.10', app: '42', key: '1234567890123456' });
  await registry().agent?.flush();
  expect(sent.batches[0]).toMatchObject({ app: '42', release: '1.10' });
  expect(sent.urls[0]).toMatch(/\?key=1234567890123456$/);
});

test('without attributes everything has its default', async () => {
  await load();
  await registry().agent?.flush();
  expect(sent.urls).toEqual(['/api/rum/batch']);
  expect(sent.batches[0]).toMatchObject({ app: 'default' });
});

test('calls that name nothing are passed over', async () => {
  window.rum = {
    q: [
      ['unknown', 1],
      ['track', 'kept'],
    ] as never,
  };
  await load();
  await registry().agent?.flush();
  expect(sent.events()).toMatchObject([{ name: 'kept' }]);
});

test('loaded a second time, the page still has its one agent', async () => {
  await load({ app: 'first' });
  const { agent } = registry();
  vi.resetModules();
  await load({ app: 'second' });
  expect(registry().agent).toBe(agent);
  window.rum?.track?.('once');
  await agent?.flush();
  expect(sent.events()).toHaveLength(1);
});

test('consent may be asked for before the script is there', async () => {
  window.rum = {
    q: [
      ['setConsent', 'granted'],
      ['identify', 'customer-1'],
    ],
  };
  await load({ privacy: 'consent' });
  await registry().agent?.flush();
  expect(sent.batches[0]).toMatchObject({ user: { id: 'customer-1' } });
  localStorage.clear();
});
