import fc from 'fast-check';
import { expect, test } from 'vitest';
import { errorTitle, type FingerprintedError, fingerprintOf, MAX_TITLE } from './fingerprintOf.js';

const CHUNK = 'https://shop.example/_next/static/chunks/app/(shop)/cart/page-1f0c3b9d7e2a4c55.js';

/** As browsers wrote them of the same code, which reads `length` of a field that is not there. */
const THREE_ENGINES = {
  v8: {
    name: 'TypeError',
    message: "Cannot read properties of undefined (reading 'length')",
    stack: `TypeError: Cannot read properties of undefined (reading 'length')
    at Cart.total (${CHUNK}:2:93)
    at priceOf (${CHUNK}:3:44)
    at ${CHUNK}:8:54
    at Array.map (<anonymous>)
    at onSubmit (${CHUNK}:8:32)`,
  },
  spiderMonkey: {
    name: 'TypeError',
    message: `can't access property "length", this.items is undefined`,
    stack: `total@${CHUNK}:2:92
priceOf@${CHUNK}:3:49
onSubmit/<@${CHUNK}:8:61
onSubmit@${CHUNK}:8:35
`,
  },
  javaScriptCore: {
    name: 'TypeError',
    message: "undefined is not an object (evaluating 'this.items.length')",
    stack: `total@${CHUNK}:2:92
priceOf@${CHUNK}:3:49
@${CHUNK}:8:61
map@[native code]
onSubmit@${CHUNK}:8:35`,
  },
} satisfies { readonly [engine: string]: FingerprintedError };

const idOf = fingerprintOf;

test('three engines tell of the same error in their own ways', () => {
  const ids = Object.values(THREE_ENGINES).map(idOf);
  expect(new Set(ids).size).toBe(1);
  expect(ids[0]).toMatch(/^[0-9a-f]{16}$/);
});

test.each([
  [
    'a method that is not there',
    'shop.checkout is not a function',
    "shop.checkout is not a function. (In 'shop.checkout()', 'shop.checkout' is undefined)",
  ],
  ['a variable that is not there', 'missingThing is not defined', "Can't find variable: missingThing"],
  ['no answer', 'Failed to fetch', 'NetworkError when attempting to fetch resource.'],
  ['no answer, in Safari', 'Failed to fetch', 'Load failed'],
])('%s is one group', (_name, message, other) => {
  expect(idOf({ name: 'TypeError', message })).toBe(idOf({ name: 'TypeError', message: other }));
});

test('a property of nothing is one group, however an engine words it', () => {
  const wordings = [
    "Cannot read properties of undefined (reading 'length')",
    'Cannot read properties of null',
    "Cannot read property 'length' of undefined",
    "Cannot set properties of null (setting 'total')",
    "Cannot set property 'total' of undefined",
    `can't access property "length", this.items is undefined`,
    `can't access property 0 of null: cart[0] is null`,
    `can't assign to property "total" on x: it is undefined`,
    `can't define property "total": cart is null`,
    "undefined is not an object (evaluating 'this.items.length')",
    "null is not an object (evaluating 'cart.total')",
    'this.items is undefined',
    'cart[0] is null',
  ];
  const ids = wordings.map((message) => idOf({ name: 'TypeError', message }));
  expect(new Set(ids).size).toBe(1);
});

test.each<readonly [string, string, string]>([
  ['numbers', 'Order 1234 is gone', 'Order 7 is gone'],
  ['signs and decimals', 'expected 1.5 to be above -3', 'expected 20 to be above 4,000'],
  [
    'UUIDs',
    'no cart 0199f3c2-7a51-7000-8000-00000000000a here',
    'no cart deadbeef-aaaa-4aaa-8aaa-bbbbbbbbbbbb here',
  ],
  ['hexadecimal', 'at 0xff00 in deadbeefcafe, ab1234', 'at 0x1 in 0123456789abcdef, 12345f'],
  ['ids', 'charge ch_3Nq2abCd failed', 'charge ch_9Xz8yyQ1 failed'],
  ['quoted values', `No such product "lamp"`, `No such product "cable, 2 m"`],
  ['URLs', 'GET https://api.example/a/1?b=2 failed', 'GET https://api.example/c#d failed'],
  ['mail addresses', 'cannot write to ada@example.com', 'cannot write to a.b+c@test.example'],
  ['times', 'late since 2026-11-23T12:00:00.000Z', 'late since 2025-01-01'],
  [
    'names of chunks',
    'Loading chunk 117 failed.\n(missing: https://a/_next/static/chunks/117-5c8e0d.js)',
    'Loading chunk 9 failed.\n(timeout: https://a/_next/static/chunks/9-ab12cd.js)',
  ],
])('%s make no difference', (_name, message, other) => {
  expect(idOf({ name: 'Error', message })).toBe(idOf({ name: 'Error', message: other }));
});

test.each<readonly [string, FingerprintedError, FingerprintedError]>([
  ['the name', { name: 'Error', message: 'a' }, { name: 'RangeError', message: 'a' }],
  ['the message', { name: 'Error', message: 'no lamp' }, { name: 'Error', message: 'no cart' }],
  [
    'what React names by a number only',
    { name: 'Error', message: 'Minified React error #418; visit https://react.dev/errors/418?args[]=HTML' },
    { name: 'Error', message: 'Minified React error #423; visit https://react.dev/errors/423' },
  ],
  [
    'where it is thrown',
    { name: 'Error', message: 'a', stack: `    at pay (${CHUNK}:1:2)` },
    { name: 'Error', message: 'a', stack: `    at ship (${CHUNK}:1:2)` },
  ],
  ['the digest', { name: 'Error', message: 'a', digest: '1' }, { name: 'Error', message: 'a', digest: '2' }],
])('%s makes one', (_name, error, other) => {
  expect(idOf(error)).not.toBe(idOf(other));
});

test('Next’s digest is all that counts where there is one', () => {
  const digest = '2338362712';
  expect(idOf({ name: 'Error', message: 'in development', digest })).toBe(
    idOf({
      name: 'TypeError',
      message: 'An error occurred in the Server Components render',
      stack: 'x',
      digest,
    }),
  );
});

test('frameworks, packages, extensions and what the browser brings are left out', () => {
  const framework = [
    'at fetchServerResponse (https://a/_next/static/chunks/main-app-0123456789abcdef.js:1:2)',
    'at r (https://a/_next/static/chunks/framework-fedcba9876543210.js:1:2)',
    'at parse (webpack-internal:///(app-pages-browser)/./node_modules/zod/index.js:10:2)',
    'at hook (chrome-extension://abcdef/content.js:1:2)',
    'at JSON.parse (<anonymous>)',
  ];
  const own = 'at pay (webpack-internal:///(app-pages-browser)/./app/cart/pay.ts:4:10)';
  const stack = (lines: readonly string[]): string => ['Error: a', ...lines].join('\n    ');
  expect(idOf({ name: 'Error', message: 'a', stack: stack([...framework, own]) })).toBe(
    idOf({ name: 'Error', message: 'a', stack: stack([own]) }),
  );
});

test('what only some engines know of a wait before makes no difference', () => {
  const v8 = `RangeError: late\n    at later (${CHUNK}:11:45)\n    at async outer (${CHUNK}:12:27)`;
  const firefox = `later@${CHUNK}:14:59\nasync*outer@${CHUNK}:12:20\n`;
  const safari = `later@${CHUNK}:14:59`;
  const ids = [v8, firefox, safari].map((stack) => idOf({ name: 'RangeError', message: 'late', stack }));
  expect(new Set(ids).size).toBe(1);
});

test('the same code is the same in every build, whatever it is called there', () => {
  const built = (hash: string, letter: string): FingerprintedError => ({
    name: 'Error',
    message: 'a',
    stack: `Error: a
    at ${letter} (https://cdn-${hash}.example/_next/static/chunks/4bd1b696-${hash}.js:1:${hash.length})
    at onClick (https://a/_next/static/chunks/${hash}.js?dpl=${hash}:1:99)`,
  });
  expect(idOf(built('182b6b13bdad92e3', 't'))).toBe(idOf(built('0f1e2d3c4b5a6978', 'en')));
});

const number = fc.integer({ min: 0, max: 1e12 }).map(String);
const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const varying = fc.record({
  number,
  uuid: fc.uuid(),
  hex: hex(24),
  quoted: fc.string({ unit: fc.constantFrom(...'abc 123.,/'), maxLength: 20 }),
  url: fc.webUrl({ validSchemes: ['https'] }),
  line: fc.integer({ min: 1, max: 1e6 }),
  column: fc.integer({ min: 1, max: 1e6 }),
  chunk: hex(16),
});

test('numbers, ids, values and positions never make another group', () => {
  const error = (values: typeof varying extends fc.Arbitrary<infer Values> ? Values : never) => ({
    name: 'Error',
    message: `Order ${values.number} of ${values.uuid} (${values.hex}), "${values.quoted}", see ${values.url} now`,
    stack: `Error: Order ${values.number}
    at pay (https://a/_next/static/chunks/app/cart/page-${values.chunk}.js:${values.line}:${values.column})
    at https://a/_next/static/chunks/${values.chunk}.js:${values.line}:${values.column}`,
  });
  fc.assert(
    fc.property(varying, varying, (one, other) => {
      expect(idOf(error(one))).toBe(idOf(error(other)));
    }),
  );
});

test('whatever is sent has a fingerprint and a short title', () => {
  const text = fc.string({ unit: 'binary', maxLength: 400 });
  fc.assert(
    fc.property(text, text, fc.option(text, { nil: undefined }), (name, message, stack) => {
      const title = errorTitle({ name, message, stack });
      expect(fingerprintOf({ name, message, stack })).toMatch(/^[0-9a-f]{16}$/);
      expect(title.length).toBeLessThanOrEqual(MAX_TITLE);
      expect(title).not.toMatch(/[\r\n]/);
    }),
  );
});

test.each<readonly [string, FingerprintedError]>([
  ["TypeError: Cannot read properties of undefined (reading 'length')", THREE_ENGINES.v8],
  ['Error: Order … is gone', { name: 'Error', message: 'Order 1234 is gone\nand more' }],
  ['Error: No such product "…"', { name: 'Error', message: 'No such product "cable, 2 m"' }],
  [
    'Error: Minified React error #418',
    { name: 'Error', message: 'Minified React error #418; visit https://react.dev/errors/418' },
  ],
  [
    'Error in pay, app/(shop)/cart/page-*.js',
    { name: 'Error', message: '', stack: `Error\n    at pay (${CHUNK}:1:2)` },
  ],
  ['Error', { name: 'Error', message: ' ' }],
])('is called %s', (title, error) => {
  expect(errorTitle(error)).toBe(title);
});
