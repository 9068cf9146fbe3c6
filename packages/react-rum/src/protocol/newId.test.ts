import { expect, test } from 'vitest';
import { newId } from './newId.js';
import { viewSchema } from './schema.js';

test('is a UUIDv7 of the given time', () => {
  const now = Date.now() + 1_000_000;
  const id = newId(now + 0.75);
  const { id: schema } = viewSchema.properties;
  expect(id).toMatch(new RegExp('pattern' in schema ? (schema.pattern ?? '') : ''));
  expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(now);
});

test('ids sort in the order they were made, in one millisecond and when the clock steps back', () => {
  const now = Date.now() + 2_000_000;
  const ids = Array.from({ length: 10_000 }, (_, index) => newId(index < 9000 ? now : now - 60_000));
  expect(ids).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(ids.length);
});
