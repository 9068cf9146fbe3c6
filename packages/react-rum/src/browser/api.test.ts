// @vitest-environment jsdom
import { expect, test, vi } from 'vitest';
import { agentPage } from '../testing/agentPage.js';
import { setPageVisible } from '../testing/pageVisibility.js';
import {
  configureRum,
  endTiming,
  type RumHooks,
  setContext,
  startTiming,
  track,
  trackFlag,
  trackTiming,
} from './index.js';

const page = agentPage();

test('a duration that the application measured is recorded as it is', async () => {
  const { flush } = page.start();
  trackTiming({ name: 'search_index_loaded', duration: 182.5, properties: { size: 3 } });
  trackTiming({ name: 'Cart', duration: 4, kind: 'render' });
  await flush();
  expect(page.sent.events()).toMatchObject([
    { type: 'timing', name: 'search_index_loaded', kind: 'custom', duration: 182.5, properties: { size: 3 } },
    { type: 'timing', name: 'Cart', kind: 'render', duration: 4 },
  ]);
});

test('a timing runs from its last start to its end, once', async () => {
  const clock = vi.spyOn(performance, 'now');
  const { flush } = page.start();
  clock.mockReturnValue(1000);
  startTiming('checkout');
  clock.mockReturnValue(1500);
  startTiming('checkout');
  startTiming('other');
  clock.mockReturnValue(1750.5);
  endTiming('checkout', { method: 'card' });
  endTiming('checkout');
  endTiming('never started');
  clock.mockRestore();
  await flush();
  expect(page.sent.events()).toMatchObject([
    { name: 'checkout', kind: 'custom', duration: 250.5, properties: { method: 'card' } },
  ]);
});

test('a flag is told once a view with each of its variants', async () => {
  const { flush } = page.start();
  trackFlag('new_checkout', 'blue');
  trackFlag('new_checkout', 'blue');
  trackFlag('dark', true);
  trackFlag('columns', 3);
  trackFlag('new_checkout', 'red');
  history.pushState(null, '', '/cart');
  trackFlag('new_checkout', 'blue');
  await flush();
  const [load, cart] = page.sent.views();
  const flags = page.sent
    .events()
    .map((event) => event.type === 'flag' && [event.name, event.variant, event.viewId]);
  expect(flags).toEqual([
    ['new_checkout', 'blue', load?.id],
    ['dark', 'true', load?.id],
    ['columns', '3', load?.id],
    ['new_checkout', 'red', load?.id],
    ['new_checkout', 'blue', cart?.id],
  ]);
});

test('context goes with every batch from then on, as it was when it was set', async () => {
  const given = { plan: 'pro' };
  setContext(given);
  given.plan = 'changed';
  const { flush } = page.start();
  await flush();
  setContext({ tenant: 'north' });
  track('later');
  await flush();
  expect(page.sent.batches.map(({ attributes }) => attributes)).toEqual([
    { plan: 'pro' },
    { tenant: 'north' },
  ]);
});

test('a context that is too long or cannot be read is not sent, and the console says so', async () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  const { flush } = page.start();
  setContext({ text: 'x'.repeat(1900), more: 'x'.repeat(200) });
  await flush();
  const cycle: { [key: string]: never } = {};
  cycle.self = cycle as never;
  setContext(cycle);
  track('later');
  await flush();
  expect(warn).toHaveBeenCalledTimes(2);
  for (const batch of page.sent.batches) expect(batch).not.toHaveProperty('attributes');
});

test('beforeSend sees all that goes out and may change it', async () => {
  const seen: string[] = [];
  const beforeSend: RumHooks['beforeSend'] = (item) => {
    seen.push('type' in item ? item.type : item.path);
    if ('type' in item && item.type === 'custom') return { ...item, name: item.name.toUpperCase() };
    return item;
  };
  const { flush } = page.start({ beforeSend });
  track('secret');
  await flush();
  expect(seen).toEqual(['custom', '/']);
  expect(page.sent.events()).toMatchObject([{ name: 'SECRET' }]);
});

test('or drop it, which is no loss', async () => {
  configureRum({ beforeSend: (item) => ('type' in item && item.type === 'custom' ? null : item) });
  const { flush } = page.start();
  track('dropped');
  await flush();
  await flush();
  expect(page.sent.events()).toEqual([]);
  expect(page.sent.views()).toHaveLength(1);
});

test('what beforeSend throws drops the item, counts it, and reaches nobody', async () => {
  const { flush } = page.start({
    beforeSend: (item) => {
      if ('type' in item && item.type === 'custom') throw new Error('no');
      return item;
    },
  });
  expect(() => track('one')).not.toThrow();
  track('two');
  await flush();
  await flush();
  expect(page.sent.events()).toMatchObject([{ type: 'loss', reason: 'before_send', count: 2 }]);
});

test('a beforeSend that always throws ends in no loop', async () => {
  const beforeSend = vi.fn(() => {
    throw new Error('no');
  });
  const { flush } = page.start({ beforeSend });
  track('one');
  for (let round = 0; round < 5; round++) await flush();
  setPageVisible(false);
  expect(page.sent.batches).toEqual([]);
  expect(beforeSend.mock.calls.length).toBeLessThan(20);
});

test('what beforeSend makes unreadable is lost by count', async () => {
  const { flush } = page.start({
    beforeSend: (item) => {
      if (!('type' in item) || item.type !== 'custom') return item;
      const cycle: Record<string, unknown> = { ...item };
      cycle.properties = cycle;
      return cycle as never;
    },
  });
  track('one');
  await flush();
  await flush();
  expect(page.sent.events()).toMatchObject([{ type: 'loss', count: 1 }]);
});

test('hooks that are given later take the place of options, and may be given before the start', async () => {
  const { flush } = page.start({ beforeSend: () => null });
  configureRum({ beforeSend: (item) => item });
  track('kept');
  await flush();
  expect(page.sent.events()).toMatchObject([{ name: 'kept' }]);
});
