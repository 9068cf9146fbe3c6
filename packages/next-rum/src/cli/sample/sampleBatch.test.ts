import { expect, test } from 'vitest';
import { parseBatch } from '../../server/parseBatch.js';
import { createRandom } from './random.js';
import { sampleBatch } from './sampleBatch.js';
import { sampleArrivals } from './visits.js';

const HOUR = 3_600_000;
const FROM = Date.UTC(2026, 10, 16);
const TO = FROM + 7 * 24 * HOUR;

function sampleWeek(seed: number) {
  const random = createRandom(seed);
  return sampleArrivals(FROM, TO, random).map((arrival) => sampleBatch(arrival, 'shop', random));
}

test('makes the same visits from the same seed, and others from another', () => {
  expect(sampleWeek(3)).toEqual(sampleWeek(3));
  expect(sampleWeek(3)).not.toEqual(sampleWeek(4));
});

test('makes visits that the collector takes whole', () => {
  for (const batch of sampleWeek(1)) {
    const result = parseBatch(JSON.parse(JSON.stringify(batch)));
    expect(result).toMatchObject({ ok: true, batch: { rejected: [] } });
    if (result.ok) {
      expect(result.batch.views.map(({ value }) => value)).toEqual(batch.views);
    }
  }
});

test('is busier in the evening than at night', () => {
  const hours = sampleWeek(1).map(({ views }) => new Date(views[0]?.startedAt ?? 0).getUTCHours());
  const evening = hours.filter((hour) => hour >= 18 && hour < 21).length;
  const night = hours.filter((hour) => hour >= 1 && hour < 4).length;
  expect(evening).toBeGreaterThan(night * 5);
});

test('shows what the shop is like: the sale shifts, the product page is slow', () => {
  const views = sampleWeek(1).flatMap((batch) => batch.views);
  const median = (route: string, vital: 'lcp' | 'cls') => {
    const values = views
      .filter((view) => view.route === route)
      .flatMap((view) => view.vitals[vital]?.value ?? [])
      .sort((a, b) => a - b);
    return values[Math.floor(values.length / 2)] ?? Number.NaN;
  };
  expect(median('/sale', 'cls')).toBeGreaterThan(0.25);
  expect(median('/catalogue', 'cls')).toBeLessThan(0.1);
  expect(median('/product/[id]', 'lcp')).toBeGreaterThan(1.5 * median('/', 'lcp'));
});

test('shows every kind of event that an agent sends of itself', () => {
  const batches = sampleWeek(1);
  const events = batches.flatMap((batch) => batch.events);
  const types = ['action', 'custom', 'error', 'flag', 'longtask', 'navigation', 'resource', 'timing'];
  expect([...new Set(events.map(({ type }) => type))].sort()).toEqual(types);
  for (const { views, events: ofBatch } of batches) {
    for (const view of views) {
      const counted = Object.values(view.counts ?? {}).reduce((sum, count) => sum + count, 0);
      expect(counted).toBe(ofBatch.filter(({ viewId }) => viewId === view.id).length);
    }
  }
});
