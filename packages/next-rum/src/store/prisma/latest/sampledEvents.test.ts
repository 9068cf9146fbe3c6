import { expect, test } from 'vitest';
import { openSource, PROVIDERS } from '../../../testing/openSource.js';
import { makeEvent, makeView, NOON } from '../../../testing/rows.js';
import { sampledEvents } from './sampledEvents.js';

const HOUR = 3_600_000;
const RANGE = { app: 'shop', from: NOON, to: NOON + 48 * HOUR };

/** Three of four in the first day, and of each kind half. */
const EVENTS = Array.from({ length: 24_000 }, (_, index) =>
  makeEvent(index, {
    viewId: index % 8 === 0 ? '018f0000-0000-7000-8000-000000000001' : '018f0000-0000-7000-8000-000000000002',
    type: index % 2 === 0 ? 'action' : 'resource',
    occurredAt: NOON + (index < 18_000 ? index * 4800 : 24 * HOUR + (index - 18_000) * 14_400),
  }),
);

test.each(PROVIDERS)(
  'a sample has of each time its share, no event twice, the latest first (%s)',
  async (provider) => {
    // Half of it rolled up, the other counted as it is.
    const source = await openSource(provider, { events: EVENTS, rolledUpAt: NOON + 20 * HOUR });
    const { events, told } = await sampledEvents(source, RANGE, ['action']);
    expect(told).toEqual({ events: 3000, of: 12_000, since: NOON, complete: false });
    expect(new Set(events.map(({ id }) => id)).size).toBe(3000);
    expect(events.every(({ type }) => type === 'action')).toBe(true);
    expect(events.map(({ occurredAt }) => occurredAt)).toEqual(
      events.map(({ occurredAt }) => occurredAt).sort((a, b) => b - a),
    );
    const early = events.filter(({ occurredAt }) => occurredAt < NOON + 24 * HOUR).length;
    expect(Math.abs(early / 3000 - 0.75)).toBeLessThan(0.02);
    const hours = new Set(events.map(({ occurredAt }) => Math.floor(occurredAt / HOUR)));
    expect(hours.size).toBeGreaterThanOrEqual(20);
  },
);

test.each(PROVIDERS)('few are all of them (%s)', async (provider) => {
  const source = await openSource(provider, { events: EVENTS, rolledUpAt: NOON + 20 * HOUR });
  const range = { ...RANGE, from: NOON + 40 * HOUR };
  const { events, told } = await sampledEvents(source, range, ['action', 'resource']);
  const expected = EVENTS.filter(({ occurredAt }) => occurredAt >= range.from);
  expect(events.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
  expect(told).toEqual({ events: expected.length, of: null, since: range.from, complete: true });
});

test.each(PROVIDERS)('filters are of the views that they happened in (%s)', async (provider) => {
  const [rare, frequent] = [
    makeView(1, { id: '018f0000-0000-7000-8000-000000000001', country: 'PT' }),
    makeView(2, { id: '018f0000-0000-7000-8000-000000000002', country: 'DE' }),
  ];
  const many = Array.from({ length: 70_000 }, (_, index) =>
    makeEvent(index, {
      viewId: index % 10 === 0 ? rare.id : frequent.id,
      type: 'action',
      occurredAt: NOON + index * 2000,
    }),
  );
  const source = await openSource(provider, {
    views: [rare, frequent],
    events: many,
    rolledUpAt: NOON + 20 * HOUR,
  });
  const where = [{ dimension: 'country' as const, keep: true, values: ['PT'] }];
  const { events, told } = await sampledEvents(source, { ...RANGE, where }, ['action']);
  expect(events.every(({ viewId }) => viewId === rare.id)).toBe(true);
  expect(told).toMatchObject({ of: 70_000, complete: false });
  expect(events.length).toBeGreaterThanOrEqual(1500);
});
