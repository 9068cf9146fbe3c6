import { readFileSync } from 'node:fs';
import { batchSchema, eventSchemas, type Schema, viewSchema } from '@rumkit/react-rum/protocol/schema';
import { expect, test } from 'vitest';
import { parseBatch } from './parseBatch.js';

const docs = readFileSync(new URL('../../../../docs/protocol.md', import.meta.url), 'utf8');

test('the example in docs/protocol.md is a batch that the collector takes whole', () => {
  const example: unknown = JSON.parse(/```json\n([\s\S]*?)```/.exec(docs)?.[1] ?? '');
  const parsed = parseBatch(example);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const { envelope, views, events, rejected } = parsed.batch;
  expect(rejected).toEqual([]);
  expect({
    ...envelope,
    views: views.map(({ value }) => value),
    events: events.map(({ value }) => value),
  }).toEqual(example);
});

test('docs/protocol.md names every field and value of the protocol', () => {
  const names = [batchSchema, viewSchema, ...Object.values(eventSchemas)].flatMap(namesIn);
  const described = new Set([...docs.matchAll(/`([\w.-]+)`/g)].map(([, name]) => name));
  expect([...new Set(names)].filter((name) => !described.has(name))).toEqual([]);
});

/** Names of fields and enumerated values at any depth. */
function namesIn(schema: Schema): string[] {
  if ('oneOf' in schema) return schema.oneOf.flatMap(namesIn);
  if (schema.type === 'string') return [...(schema.enum ?? [])];
  if (schema.type === 'array') return namesIn(schema.items);
  if (!('properties' in schema)) return [];
  return Object.entries(schema.properties).flatMap(([name, field]) => [name, ...namesIn(field)]);
}
