import { expect, test } from 'vitest';
import { clientAddress } from './clientAddress.js';

test.each([
  ['6.6.6.6, 198.51.100.7', 1, '198.51.100.7'],
  ['6.6.6.6, 198.51.100.7, 10.0.0.1', 2, '198.51.100.7'],
  ['198.51.100.7', 3, '198.51.100.7'],
  ['198.51.100.7:54321', 1, '198.51.100.7'],
  ['[2001:db8::7]:443', 1, '2001:db8::7'],
  ['2001:db8::7', 1, '2001:db8::7'],
  ['::ffff:198.51.100.7', 1, '198.51.100.7'],
])('of "%s" behind %i proxies the client is %s, whoever connects', (header, hops, expected) => {
  for (const connection of ['', '127.0.0.1', '203.0.113.1']) {
    expect(clientAddress(new Headers({ 'x-forwarded-for': header }), hops, connection)).toBe(expected);
  }
});

test.each(['203.0.113.1', '::ffff:203.0.113.1', '2001:db8::1', '100.128.0.1', '172.32.0.1'])(
  'who connects from the internet (%s) has that address, whatever it writes',
  (connection) => {
    const own = connection.replace('::ffff:', '');
    for (const header of ['6.6.6.6', '6.6.6.6, 10.0.0.1', 'nonsense', '']) {
      expect(clientAddress(new Headers({ 'x-forwarded-for': header }), 0, connection)).toBe(own);
    }
    expect(clientAddress(new Headers(), 0, connection)).toBe(own);
  },
);

test.each([
  '',
  '127.0.0.1',
  '::1',
  '::ffff:127.0.0.1',
  '10.0.0.1',
  '172.17.0.1',
  '192.168.1.1',
  '169.254.1.1',
  '100.64.0.1',
  'fd00::1',
  'fe80::1%eth0',
])('a proxy beside the app, or a platform (%j), says who connected to it', (connection) => {
  const header = new Headers({ 'x-forwarded-for': '6.6.6.6, 198.51.100.7' });
  expect(clientAddress(header, 0, connection)).toBe('198.51.100.7');
});

test('without the header the client is who connects, or unknown', () => {
  expect(clientAddress(new Headers(), 0, '')).toBe('');
  expect(clientAddress(new Headers(), 0, '::ffff:10.0.0.1')).toBe('10.0.0.1');
  expect(clientAddress(new Headers(), 1, '203.0.113.1')).toBe('');
});
