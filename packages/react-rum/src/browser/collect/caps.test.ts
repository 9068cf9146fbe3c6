// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { agentPage } from '../../testing/agentPage.js';
import { track, trackTiming } from '../index.js';

const page = agentPage();

test('of each type so many events a minute are kept; the others are counted as lost and on the view', async () => {
  let now = 1_700_000_000_000;
  const { flush } = page.start({ maxPerMinute: 3 }, () => now);
  const all = (): void => {
    for (let index = 0; index < 10; index++) track(`event ${index}`);
    trackTiming({ name: 'timing', duration: 1 });
  };
  all();
  await flush();
  await flush();
  const names = () =>
    page.sent.events().map((event) => (event.type === 'loss' ? [event.reason, event.count] : event.type));
  const firstMinute = ['custom', 'custom', 'custom', 'timing', ['rate_limited', 7]];
  expect(names()).toEqual(firstMinute);
  expect(page.sent.views()).toMatchObject([{ counts: { custom: 10, timing: 1 } }]);

  now += 61_000;
  all();
  await flush();
  expect(names()).toEqual([...firstMinute, ...firstMinute]);
});

test('10,000 events in a minute leave at most 3,000 and 1 MiB', async () => {
  const { flush } = page.start({}, () => 1_700_000_000_000);
  for (let index = 0; index < 10_000; index++) track('event', { text: 'x'.repeat(500) });
  await flush();
  await flush();
  const events = page.sent.events();
  const kept = events.filter(({ type }) => type === 'custom');
  const lost = events.reduce((sum, event) => sum + (event.type === 'loss' ? event.count : 0), 0);
  expect(kept.length).toBeLessThanOrEqual(3000);
  expect(kept.reduce((sum, event) => sum + JSON.stringify(event).length, 0)).toBeLessThanOrEqual(1024 * 1024);
  expect(kept.length + lost).toBe(10_000);
  expect(page.sent.views()).toMatchObject([{ counts: { custom: 10_000 } }]);
});

test('a clock that is set back by an hour does not make one minute last an hour', async () => {
  let now = 1_700_000_000_000;
  const { flush } = page.start({ maxPerMinute: 1 }, () => now);
  track('before');
  now -= 3_600_000;
  track('after');
  track('too many');
  await flush();
  expect(page.sent.events()).toMatchObject([
    { name: 'before' },
    { name: 'after' },
    { type: 'loss', count: 1 },
  ]);
});
