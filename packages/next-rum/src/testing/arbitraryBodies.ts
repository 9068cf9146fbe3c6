import { brotliCompressSync, gzipSync } from 'node:zlib';
import { LIMITS } from '@rumkit/react-rum/protocol';
import { batchSchema, eventSchemas, type Schema, viewSchema } from '@rumkit/react-rum/protocol/schema';
import fc from 'fast-check';

/** A request to the collector as anybody may make it. */
export interface ArbitraryRequest {
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** How often a value of a batch is not what the schema says. */
const WRONG = 1;
const RIGHT = 60;

const NASTY_TEXTS = [
  '',
  '\0',
  '\ud800',
  'a\udfff\0b',
  '__proto__',
  '/'.repeat(5000),
  '(other)',
  '💥'.repeat(300),
];
const NASTY_NUMBERS = [-1, -0, 0, 1e308, 5e-324, 2 ** 53, -(2 ** 63), 0.1 + 0.2];

const nastyText = fc.oneof(fc.constantFrom(...NASTY_TEXTS), fc.string({ unit: 'binary' }));
const anything = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(null, true, [], {}, [[[[[[[[[[[]]]]]]]]]]]),
  fc.constantFrom(...NASTY_NUMBERS),
  nastyText,
);

/** Property names that reach a prototype where somebody copies carelessly. */
const POLLUTION = [
  '"__proto__":{"polluted":1},',
  '"constructor":{"prototype":{"polluted":1}},',
  '"\\u005f_proto__":{"polluted":1},',
  '"toString":1,"valueOf":null,"hasOwnProperty":"x",',
];

/** Values that fit a schema, each now and then replaced by one that does not. */
function nearly(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: RIGHT, arbitrary: fitting(schema) }, { weight: WRONG, arbitrary: anything });
}

function fitting(schema: Schema): fc.Arbitrary<unknown> {
  if ('oneOf' in schema) return fc.oneof(...schema.oneOf.map(fitting));
  switch (schema.type) {
    case 'string':
      if (schema.enum) return fc.constantFrom(...schema.enum);
      if (schema.pattern) return fc.stringMatching(new RegExp(schema.pattern), { size: 'small' });
      return fc.oneof(
        { weight: 8, arbitrary: fc.string({ minLength: schema.minLength ?? 0, maxLength: 20 }) },
        { weight: 1, arbitrary: nastyText },
      );
    case 'number':
      return fc.double({ min: schema.minimum, max: schema.maximum, noNaN: true });
    case 'integer':
      return fc.integer({ min: schema.minimum, max: Math.min(schema.maximum, 2 ** 31) });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(nearly(schema.items), { maxLength: 3 });
    case 'object':
      if ('properties' in schema) return fields(schema.properties, schema.required);
      return fc.dictionary(fc.string({ maxLength: 8 }), anything, { maxKeys: 3, noNullPrototype: true });
    default:
      return schema satisfies never;
  }
}

function fields(properties: { readonly [name: string]: Schema }, required: readonly string[]) {
  const model = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, nearly(schema)]),
  );
  return fc.record(model, { requiredKeys: [...required], noNullPrototype: true });
}

const { views: _views, events: _events, ...envelope } = batchSchema.properties;
const batch = fc
  .tuple(
    fields(envelope, ['v', 'app', 'sentAt', 'sessionId']),
    fc.array(nearly(viewSchema), { maxLength: 3 }),
    fc.array(fc.oneof(...Object.values(eventSchemas).map((schema) => nearly(schema))), { maxLength: 3 }),
    fc.oneof({ weight: 20, arbitrary: fc.constant(1 as unknown) }, { weight: 1, arbitrary: anything }),
    fc.oneof(
      { weight: 20, arbitrary: fc.constant('default' as unknown) },
      { weight: 1, arbitrary: anything },
    ),
  )
  .map(([rest, views, events, v, app]) => ({ ...rest, v, app, views, events }));

const text = fc.oneof(
  { weight: 20, arbitrary: batch.map((value) => JSON.stringify(value)) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(batch, fc.constantFrom(...POLLUTION))
      .map(([value, poison]) => JSON.stringify(value).replaceAll('{"', `{${poison}"`)),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(batch, fc.nat(400)).map(([value, length]) => JSON.stringify(value).slice(0, length)),
  },
  { weight: 1, arbitrary: anything.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);

const bytes = fc.oneof(
  { weight: 30, arbitrary: text.map((value) => new TextEncoder().encode(value)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  { weight: 1, arbitrary: fc.constant(new Uint8Array(LIMITS.wireBytes + 1)) },
);

const ENCODINGS: readonly (readonly [string, (body: Uint8Array) => Uint8Array])[] = [
  ['identity', (body) => body],
  ['gzip', (body) => new Uint8Array(gzipSync(body, { level: 1 }))],
  ['br', (body) => new Uint8Array(brotliCompressSync(body))],
  // Says what it is not.
  ['gzip', (body) => body],
  ['br', (body) => body],
  ['zstd', (body) => body],
];

const header = fc.string({ unit: fc.constantFrom(...'abcAZ09 ;,=/"().-_~'), maxLength: 40 });

/** Bodies from well-formed batches to noise, in all encodings, with headers to match or not. */
export const arbitraryRequest: fc.Arbitrary<ArbitraryRequest> = fc
  .record({
    bytes,
    encoding: fc.oneof(
      { weight: 20, arbitrary: fc.constant(0) },
      { weight: 2, arbitrary: fc.nat(ENCODINGS.length - 1) },
    ),
    type: fc.oneof(
      { weight: 20, arbitrary: fc.constantFrom('application/json', 'text/plain;charset=UTF-8') },
      { weight: 1, arbitrary: header },
    ),
    userAgent: header,
    forwarded: fc.oneof(fc.ipV4(), fc.ipV6(), header),
    country: fc.oneof(fc.constant('AT'), header),
    brands: header,
  })
  .map(({ bytes: body, encoding, type, userAgent, forwarded, country, brands }) => {
    const [name, encode] = ENCODINGS[encoding] ?? ['identity', (same: Uint8Array) => same];
    return {
      body: encode(body),
      headers: {
        'content-type': type,
        'content-encoding': name,
        'user-agent': userAgent,
        'x-forwarded-for': forwarded,
        'cf-ipcountry': country,
        'sec-ch-ua': brands,
      },
    };
  });
