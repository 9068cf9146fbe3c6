// @vitest-environment jsdom
import { expect, test, vi } from 'vitest';
import { registry } from './browser/registry.js';
import { recordBatches } from './testing/recordedBatches.js';

test('the script tag starts the agent with its attributes and plays back what the page queued', async () => {
  const sent = recordBatches();
  vi.stubGlobal('fetch', sent.fetch);
  const script = document.createElement('script');
  Object.assign(script.dataset, {
    endpoint: 'https://shop.example/api/rum',
    app: 'press',
    release: '7',
    environment: 'staging',
    ignore: '/private, /drafts',
  });
  vi.spyOn(document, 'currentScript', 'get').mockReturnValue(script);
  window.rum = { q: [['track', 'queued', { step: 1 }]] };

  await import('./script.js');
  window.rum?.track?.('direct');
  history.pushState(null, '', '/drafts/1');
  window.rum?.track?.('ignored');
  await registry().agent?.flush();
  registry().agent?.stop();

  expect(sent.urls[0]).toBe('https://shop.example/api/rum/batch');
  expect(sent.batches[0]).toMatchObject({ app: 'press', release: '7', environment: 'staging' });
  expect(sent.events()).toMatchObject([{ name: 'queued', properties: { step: 1 } }, { name: 'direct' }]);
});
