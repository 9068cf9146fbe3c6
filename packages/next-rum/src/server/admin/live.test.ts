import { expect, onTestFinished, test } from 'vitest';
import { batch, errorEvent, event, NOON, startServer, view } from '../../testing/rumServer.js';
import type { LiveResponse } from '../api.js';

test('the last half hour: visitors, views by second and country, and what they did', async () => {
  const { post, send } = await startServer();
  const from = (country: string) => ({
    'cf-ipcountry': country,
    'x-forwarded-for': `198.51.100.${country.length}`,
  });
  await post(
    batch({ views: [view({ startedAt: NOON - 2500 }), view({ startedAt: NOON - 2100 })] }),
    from('AT'),
  );
  await post(
    batch({
      views: [view({ startedAt: NOON - 40 * 60_000 })],
      events: [event({ at: NOON - 900, name: 'order' }), errorEvent({ at: NOON - 800 })],
    }),
    from('AT'),
  );
  const live: LiveResponse = await (await send('/admin/live')).json();
  expect(live).toMatchObject({
    now: NOON,
    visitors: 1,
    seconds: [[NOON - 3000, 2]],
    countries: [{ value: 'AT', views: 2 }],
    events: [
      { type: 'error', name: 'Error', at: NOON - 800 },
      { type: 'custom', name: 'order', at: NOON - 900 },
    ],
  });
});

test('a stream tells what changes, and ends with whoever listens', async () => {
  const { post, send } = await startServer();
  const gone = new AbortController();
  onTestFinished(() => gone.abort());
  const response = await send('/admin/live?stream&filter=country:AT', { signal: gone.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  expect(response.headers.get('cache-control')).toContain('no-transform');
  const told = answersIn(response);
  expect((await told.next()).value).toMatchObject({ now: NOON, views: [] });
  await post(batch({ views: [view({ route: '/seen' })] }), { 'cf-ipcountry': 'PT' });
  await post(batch({ views: [view({ route: '/wanted' })] }), { 'cf-ipcountry': 'AT' });
  expect((await told.next()).value).toMatchObject({
    views: [{ route: '/wanted' }],
    countries: [{ value: 'AT' }],
  });
  gone.abort();
  expect((await told.next()).done).toBe(true);
});

test('a stream ends after a minute, so that its viewer is asked about again', async () => {
  let time = NOON;
  const { send } = await startServer({ now: () => time });
  const told = answersIn(await send('/admin/live?stream'));
  expect((await told.next()).done).toBe(false);
  time += 60_000;
  expect((await told.next()).done).toBe(true);
});

test('a serverless host, where a request is paid for as long as it lasts, keeps no stream', async () => {
  const { send } = await startServer({ serverless: true });
  expect((await send('/admin/live?stream')).status).toBe(503);
  expect((await send('/admin/live')).status).toBe(200);
});

test('what cannot be asked is refused before a stream begins', async () => {
  const { send } = await startServer();
  const response = await send('/admin/live?stream&filter=planet:mars');
  expect([response.status, (await response.json()).parameter]).toEqual([400, 'filter']);
});

async function* answersIn(response: Response): AsyncGenerator<LiveResponse> {
  let text = '';
  for await (const part of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    text += part;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const [, data] = /^data: (.*)$/m.exec(text.slice(0, end)) ?? [];
      text = text.slice(end + 2);
      if (data?.includes('"views"')) yield JSON.parse(data);
    }
  }
}
