import { expect, test } from 'vitest';
import { parseDatabaseUrl } from './databaseUrl.js';

test.each([
  ['file:rum.db', 'rum.db'],
  ['file:./data/rum.db', './data/rum.db'],
  ['file:../rum.db', '../rum.db'],
  ['file:/var/rum.db', '/var/rum.db'],
  ['file:///var/rum.db', '/var/rum.db'],
  ['file://localhost/var/rum.db', '/var/rum.db'],
  ['file:/my%20data/100%25.db', '/my data/100%.db'],
])('%s is the SQLite file %s', (url, path) => {
  expect(parseDatabaseUrl(url)).toEqual({ provider: 'sqlite', path });
});

test.each(['postgres', 'postgresql', 'PostgreSQL'])('%s: is PostgreSQL', (scheme) => {
  expect(parseDatabaseUrl(`${scheme}://me:pa%40ss@db.example:5433/app?sslmode=require`)).toEqual({
    provider: 'postgresql',
    url: `${scheme.toLowerCase()}://me:pa%40ss@db.example:5433/app?sslmode=require`,
    schema: null,
    connections: null,
  });
});

test('takes out of a Prisma URL what only Prisma knows', () => {
  expect(parseDatabaseUrl('postgresql://me@db/app?schema=rum&sslmode=disable&connection_limit=5')).toEqual({
    provider: 'postgresql',
    url: 'postgresql://me@db/app?sslmode=disable',
    schema: 'rum',
    connections: 5,
  });
});

test.each([
  ['mysql://root:s3cret@db/app', 'must start with file: or postgresql:// — got "mysql://…"'],
  ['', 'must start with file: or postgresql:// — got an empty string'],
  ['./s3cret.db', 'must start with file: or postgresql:// — got a text without a scheme'],
  ['postgresql://me:s3cret#/@db:port/app', 'percent-encode special characters in the password'],
  ['postgresql://me:s3cret@db/app?schema=a;b', '?schema= that is not a plain name'],
  ['postgresql://me:s3cret@db/app?connection_limit=0', 'no whole number from 1 to 9999'],
  ['file:', 'names no file'],
  ['file://server/s3cret.db', 'names no file'],
  ['file::memory:', 'is not kept between connections'],
  ['file:s3cret.db?mode=ro', 'takes no ? or #'],
  ['file:s3cret%.db', 'write %25'],
])('refuses %s with the mend and without the secret', (url, message) => {
  const parse = (): unknown => parseDatabaseUrl(url);

  expect(parse).toThrow(expect.objectContaining({ name: 'StoreError', code: 'internal' }));
  expect(parse).toThrow(message);
  expect(parse).not.toThrow('s3cret');
});
