import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { protocolJsonSchema } from './jsonSchema.js';

test('the published JSON Schema is what the source says (npm run schema -w @rumkit/react-rum)', () => {
  const published = readFileSync(new URL('../../../../docs/protocol.schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(published)).toEqual(protocolJsonSchema());
});

test('uses no keyword that JSON Schema 2020-12 does not know, but for x- ones', () => {
  const known = new Set(
    '$schema $id title type enum pattern minLength maxLength minimum maximum items maxItems properties required maxProperties additionalProperties anyOf oneOf'.split(
      ' ',
    ),
  );
  const unknown: string[] = [];
  const visit = (schema: unknown): void => {
    for (const [keyword, value] of Object.entries(schema as object)) {
      if (!known.has(keyword) && !keyword.startsWith('x-')) unknown.push(keyword);
      if (keyword === 'properties') Object.values(value as object).forEach(visit);
      if (keyword === 'items' || keyword === 'additionalProperties') visit(value);
      if (keyword === 'anyOf' || keyword === 'oneOf') (value as unknown[]).forEach(visit);
    }
  };
  visit(protocolJsonSchema());
  expect(unknown).toEqual([]);
});
