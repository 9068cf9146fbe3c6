import { expect, test } from 'vitest';
import { describeError } from './describeError.js';

test('an error is told as it was thrown', () => {
  const error = new TypeError('The switch came off');
  expect(describeError(error, 'window.error')).toEqual({
    type: 'error',
    name: 'TypeError',
    message: 'The switch came off',
    stack: error.stack,
    source: 'window.error',
  });
});

test('causes stand below the stack, at most four, and a cause that causes itself ends there', () => {
  const root = new RangeError('root');
  const outer = new Error('outer', { cause: new Error('middle', { cause: root }) });
  expect(describeError(outer, 'reported')?.stack).toMatch(
    /^Error: outer\n[\s\S]*\nCaused by: Error: middle\n[\s\S]*\nCaused by: RangeError: root\n/,
  );
  const own = new Error('own');
  own.cause = own;
  expect(describeError(own, 'reported')?.stack?.match(/Caused by/g)).toHaveLength(4);
});

test('a cause may be anything', () => {
  expect(describeError(new Error('outer', { cause: 'a text' }), 'reported')?.stack).toMatch(
    /\nCaused by: a text$/,
  );
});

test.each([
  ['a text', 'just words', { name: 'NonError', message: 'just words' }],
  ['nothing', undefined, { name: 'NonError', message: 'undefined' }],
  ['null', null, { name: 'NonError', message: 'null' }],
  ['a symbol', Symbol('x'), { name: 'NonError', message: 'Symbol(x)' }],
  ['an object', { code: 1 }, { name: 'NonError', message: '[object Object]' }],
  ['an error of another frame', { name: 'TypeError', message: 'far' }, { name: 'TypeError', message: 'far' }],
  ['an error without a name', { name: '', message: 'x' }, { name: 'Error', message: 'x' }],
])('%s may be thrown as well', (_what, thrown, expected) => {
  expect(describeError(thrown, 'window.error')).toMatchObject(expected);
});

test.each([
  'NEXT_REDIRECT;replace;/login;307;',
  'NEXT_HTTP_ERROR_FALLBACK;404',
  'NEXT_NOT_FOUND',
  'BAILOUT_TO_CLIENT_SIDE_RENDERING',
])('what Next throws to steer itself is no error: %s', (digest) => {
  expect(describeError(Object.assign(new Error('steering'), { digest }), 'window.error')).toBeUndefined();
});

test('the digest of a server error is kept', () => {
  const error = Object.assign(new Error('An error occurred'), { digest: '1234567890' });
  expect(describeError(error, 'react')).toMatchObject({ digest: '1234567890' });
});

test('long texts are cut to what the collector takes', () => {
  const error = Object.assign(new Error('m'.repeat(100_000)), { stack: 's'.repeat(100_000) });
  const draft = describeError(error, 'reported');
  expect(draft?.message).toHaveLength(2000);
  expect(draft?.stack).toHaveLength(8192);
});
