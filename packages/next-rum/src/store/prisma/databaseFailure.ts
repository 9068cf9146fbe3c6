import { StoreError, type StoreErrorCode } from '../storeError.js';

/** What a database said, dug out of the errors of Prisma and its driver adapters. */
export interface DatabaseFailure {
  /** SQLSTATE (five characters) on PostgreSQL, extended result code in decimal on SQLite. */
  readonly code: string | null;
  /** Prisma's own name for the failure, such as `DatabaseNotReachable`, or its error code, such as `P2028`. */
  readonly kind: string | null;
  readonly message: string;
}

export function readFailure(error: unknown): DatabaseFailure {
  const driver = property(property(property(error, 'meta'), 'driverAdapterError'), 'cause');
  const cause = property(error, 'name') === 'DriverAdapterError' ? property(error, 'cause') : driver;
  return {
    code: textOf(property(cause, 'originalCode')),
    kind: textOf(property(cause, 'kind')) ?? textOf(property(error, 'code')),
    message:
      textOf(property(cause, 'originalMessage')) ?? textOf(property(error, 'message')) ?? String(error),
  };
}

/** Turns whatever a client threw into the store's own error. */
export function toStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const failure = readFailure(error);
  const code = classify(failure);
  const message = unusableFile(failure) ?? `${SUMMARIES[code]} — ${failure.message.trim()}`;
  return new StoreError(code, `RUM: ${message}`, { cause: error });
}

// Of the file system, or of libsql with SQLite's CANTOPEN.
const UNUSABLE_FILE =
  /(?:EACCES|EPERM|EROFS): [^\n]*?, access '([^\n]+)'|Unable to open connection to local database ([^\n]+): 14\b/;

/** What is wrong, and the mend, where a SQLite file may not be used; null of any other failure. */
function unusableFile({ code, message }: DatabaseFailure): string | null {
  const [, unwritable, unopened] = UNUSABLE_FILE.exec(message) ?? [];
  const file = unwritable ?? unopened;
  const mend = "let the server's user write this file and its folder";
  if (file !== undefined)
    return `the database file ${file} cannot be ${unopened ? 'opened' : 'written'} — ${mend}`;
  const isReadOnly = code !== null && /^\d{1,4}$/.test(code) && primaryCode(code) === 8;
  return isReadOnly ? `the database file cannot be written (${message.trim()}) — ${mend}` : null;
}

/** As {@link toStoreError}, of a read: one that took too long takes as long again, whereas a write may have waited for a lock. */
export function toReadError(error: unknown): StoreError {
  if (!isGivenUp(error)) return toStoreError(error);
  return new StoreError('too_slow', 'RUM: the database gave the read up for the time it took', {
    cause: error,
  });
}

/** PostgreSQL ended the statement: `statement_timeout`, https://www.postgresql.org/docs/current/errcodes-appendix.html. */
export function isGivenUp(error: unknown): boolean {
  return readFailure(error).code === '57014';
}

/** Another connection holds the lock that a SQLite statement needs: the same statement may succeed later. */
export function isSqliteBusy(error: unknown): boolean {
  const { code } = readFailure(error);
  return code !== null && /^\d{1,4}$/.test(code) && primaryCode(code) === 5;
}

const SUMMARIES: { readonly [code in StoreErrorCode]: string } = {
  unavailable: 'the database cannot be used right now',
  invalid_data: 'the database refused a row',
  not_kept: 'single views of that time are not kept',
  too_slow: 'the read took too long',
  internal: 'the database failed',
};

const UNAVAILABLE_KINDS = new Set([
  'AuthenticationFailed',
  'ConnectionClosed',
  'DatabaseAccessDenied',
  'DatabaseDoesNotExist',
  'DatabaseNotReachable',
  'SocketTimeout',
  'TlsConnectionError',
  'TooManyConnections',
  'TransactionWriteConflict',
  // https://www.prisma.io/docs/orm/reference/error-reference: connecting, pool and transaction time-outs, conflicts.
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
  'P2034',
  'P2037',
  // Of the file system, before a SQLite file is opened.
  'EACCES',
  'EPERM',
  'EROFS',
]);

// node-postgres and libsql throw these as plain errors without a code.
const UNAVAILABLE_MESSAGE =
  /^(?:timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Query read timeout|ConnectionFailed\()/;

function classify({ code, kind, message }: DatabaseFailure): StoreErrorCode {
  if (code !== null && code.length === 5) return classifySqlState(code);
  if (code !== null && /^\d+$/.test(code)) return classifySqlite(primaryCode(code));
  return UNAVAILABLE_KINDS.has(kind ?? '') || UNAVAILABLE_MESSAGE.test(message) ? 'unavailable' : 'internal';
}

/** By class, https://www.postgresql.org/docs/current/errcodes-appendix.html */
function classifySqlState(state: string): StoreErrorCode {
  // Connection, invalid authorization, no such database, rollback, resources, lock, cancelled or shut down, I/O; read-only.
  if (/^(?:08|28|3D|40|53|55|57|58)|^25006$/.test(state)) return 'unavailable';
  // Data exception, integrity constraint, a value too long for an index.
  return /^(?:22|23|54)/.test(state) ? 'invalid_data' : 'internal';
}

/** https://sqlite.org/rescode.html */
function classifySqlite(primary: number): StoreErrorCode {
  switch (primary) {
    case 5: // BUSY
    case 6: // LOCKED
    case 7: // NOMEM
    case 8: // READONLY
    case 10: // IOERR
    case 13: // FULL
    case 14: // CANTOPEN
      return 'unavailable';
    case 18: // TOOBIG
    case 19: // CONSTRAINT
    case 20: // MISMATCH
      return 'invalid_data';
    default:
      return 'internal';
  }
}

function primaryCode(extended: string): number {
  return Number(extended) & 0xff;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
