import { PROTOCOL_VERSION } from './limits.js';
import { batchSchema, type Schema } from './schema.js';

/** A JSON Schema, as plain data. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/**
 * The batch as a JSON Schema 2020-12, for those who write an agent of their own.
 *
 * What the collector does but JSON Schema cannot say stands in keywords of its own: `x-truncate` (a longer text is cut, not
 * refused), `x-maxDepth`, `x-maxValues` and `x-maxLength` (of custom properties at any depth).
 *
 * @see https://json-schema.org/draft/2020-12
 */
export function protocolJsonSchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:rumkit:protocol:${PROTOCOL_VERSION}:batch`,
    title: `RUM batch, protocol version ${PROTOCOL_VERSION}`,
    ...toJsonSchema(batchSchema),
  };
}

function toJsonSchema(schema: Schema): JsonSchema {
  if ('oneOf' in schema) return { oneOf: schema.oneOf.map(toJsonSchema) };
  switch (schema.type) {
    case 'string': {
      const { truncate, maxLength, ...rest } = schema;
      // A text that is cut is valid at any length.
      return truncate ? { ...rest, 'x-truncate': maxLength } : { ...rest, maxLength };
    }
    case 'array':
      return { ...schema, items: toJsonSchema(schema.items) };
    case 'object':
      if ('properties' in schema) {
        const entries = Object.entries(schema.properties);
        return {
          ...schema,
          properties: Object.fromEntries(entries.map(([name, field]) => [name, toJsonSchema(field)])),
        };
      }
      if ('maxDepth' in schema) {
        const { maxDepth, maxValues, maxLength, type } = schema;
        return { type, 'x-maxDepth': maxDepth, 'x-maxValues': maxValues, 'x-maxLength': maxLength };
      }
      return {
        ...schema,
        additionalProperties: { anyOf: schema.additionalProperties.anyOf.map(toJsonSchema) },
      };
    default:
      return { ...schema };
  }
}
