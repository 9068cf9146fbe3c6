import { expect, test } from 'vitest';
import { clientAddress } from './clientAddress.js';

test.each([
  ['198.51.100.7', 0, '198.51.100.7'],
  ['6.6.6.6, 198.51.100.7', 0, '198.51.100.7'],
  ['6.6.6.6, 198.51.100.7', 1, '198.51.100.7'],
  ['6.6.6.6, 198.51.100.7, 10.0.0.1', 2, '198.51.100.7'],
  ['198.51.100.7', 3, '198.51.100.7'],
  ['198.51.100.7:54321', 1, '198.51.100.7'],
  ['[2001:db8::7]:443', 1, '2001:db8::7'],
  ['2001:db8::7', 1, '2001:db8::7'],
  ['::ffff:198.51.100.7', 0, '198.51.100.7'],
])('of "%s" behind %i proxies the client is %s', (header, hops, expected) => {
  expect(clientAddress(new Headers({ 'x-forwarded-for': header }), hops)).toBe(expected);
});

test('without the header the client is unknown', () => {
  expect(clientAddress(new Headers(), 1)).toBe('');
});
