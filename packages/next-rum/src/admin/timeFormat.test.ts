import { expect, test, vi } from 'vitest';
import { createTimeFormat, readField, writeField } from './timeFormat.js';

const NOON = Date.UTC(2026, 10, 23, 12);

test('a span inside one day names the day once', () => {
  const { span } = createTimeFormat('utc');
  expect(span(NOON, NOON + 1_800_000)).toBe('23 Nov, 12:00 – 12:30');
  expect(span(NOON, NOON + 86_400_000)).toBe('23 Nov, 12:00 – 24 Nov, 12:00');
});

test('times are those of the zone, and the zone is named', () => {
  vi.stubEnv('TZ', 'Asia/Kolkata');
  expect(createTimeFormat('local').timeOfDay(NOON)).toBe('17:30');
  expect(createTimeFormat('local').zoneName).toMatch(/^Asia\/(Kolkata|Calcutta)$/);
  expect(createTimeFormat('utc').timeOfDay(NOON)).toBe('12:00');
  expect(createTimeFormat('utc').zoneName).toBe('UTC');
});

test.each(['local', 'utc'] as const)('a field holds the moment to the minute (%s)', (zone) => {
  vi.stubEnv('TZ', 'Asia/Kolkata');
  expect(writeField(NOON, zone)).toBe(zone === 'utc' ? '2026-11-23T12:00' : '2026-11-23T17:30');
  expect(readField(writeField(NOON, zone), zone)).toBe(NOON);
  expect(readField('', zone)).toBeNull();
});
