import { expect, test } from 'vitest';
import { StoreError } from '../storeError.js';
import { toReadError, toStoreError } from './databaseFailure.js';

// What a test cannot make a database say on demand; the rest is in the tests of the stores.
test.each([
  ['a full disk on SQLite', driverError({ originalCode: '13', kind: 'sqlite' }), 'unavailable'],
  ['a read-only file on SQLite', driverError({ originalCode: '1032', kind: 'sqlite' }), 'unavailable'],
  ['an I/O error on SQLite', driverError({ originalCode: '778', kind: 'sqlite' }), 'unavailable'],
  ['a lock on SQLite', driverError({ originalCode: '517', kind: 'SocketTimeout' }), 'unavailable'],
  ['a corrupt SQLite file', driverError({ originalCode: '11', kind: 'sqlite' }), 'internal'],
  ['a full disk on PostgreSQL', driverError({ originalCode: '53100', kind: 'postgres' }), 'unavailable'],
  ['a deadlock', driverError({ originalCode: '40P01', kind: 'TransactionWriteConflict' }), 'unavailable'],
  ['a shutdown', driverError({ originalCode: '57P01', kind: 'postgres' }), 'unavailable'],
  ['a standby server', driverError({ originalCode: '25006', kind: 'postgres' }), 'unavailable'],
  ['a wrong password', driverError({ originalCode: '28P01', kind: 'AuthenticationFailed' }), 'unavailable'],
  ['a missing table', driverError({ originalCode: '42P01', kind: 'TableDoesNotExist' }), 'internal'],
  ['a full pool', new Error('timeout exceeded when trying to connect'), 'unavailable'],
  ['a lost connection', new Error('Connection terminated unexpectedly'), 'unavailable'],
  ['an expired transaction', Object.assign(new Error('expired'), { code: 'P2028' }), 'unavailable'],
  ['a bug', new TypeError('x is not a function'), 'internal'],
  ['something that is no error', 'a text', 'internal'],
])('%s', (_name, thrown, code) => {
  expect(toStoreError(thrown)).toMatchObject({ name: 'StoreError', code, cause: thrown });
});

test('the message is what the database said, and an error of the store stays itself', () => {
  const own = new StoreError('invalid_data', 'RUM: no');

  expect(toStoreError(driverError({ originalCode: '13', originalMessage: 'disk is full' })).message).toBe(
    'RUM: the database cannot be used right now — disk is full',
  );
  expect(toStoreError(own)).toBe(own);
});

test.each([
  [
    Object.assign(
      new Error(
        "\nInvalid `prisma.$queryRaw()` invocation:\n\n\nEACCES: permission denied, access '/srv/rum.db'",
      ),
      { code: 'EACCES' },
    ),
    'the database file /srv/rum.db cannot be written',
  ],
  [
    new Error('ConnectionFailed("Unable to open connection to local database /proc/rum.db: 14")'),
    'the database file /proc/rum.db cannot be opened',
  ],
  [
    driverError({ originalCode: '1032', originalMessage: 'attempt to write a readonly database' }),
    'the database file cannot be written (attempt to write a readonly database)',
  ],
])('a file that may not be used is told of with the mend: %#', (thrown, said) => {
  expect(toStoreError(thrown)).toMatchObject({
    code: 'unavailable',
    message: `RUM: ${said} — let the server's user write this file and its folder`,
  });
});

test('a statement that was given up took too long to read, and may have waited to write', () => {
  const thrown = driverError({ originalCode: '57014', kind: 'postgres' });
  expect(toReadError(thrown)).toMatchObject({
    name: 'StoreError',
    code: 'too_slow',
    share: null,
    cause: thrown,
  });
  expect(toStoreError(thrown).code).toBe('unavailable');
  expect(toReadError(driverError({ originalCode: '57P01', kind: 'postgres' })).code).toBe('unavailable');
});

function driverError(cause: object): Error {
  return Object.assign(new Error('Raw query failed'), {
    code: 'P2010',
    meta: { driverAdapterError: { name: 'DriverAdapterError', cause } },
  });
}
