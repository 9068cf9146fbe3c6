import { StoreError } from './storeError.js';

/** Where the rows live, parsed from the URL that the user configured. */
export type Database =
  | {
      readonly provider: 'sqlite' /** Path of the file, relative to the working directory or absolute. */;
      readonly path: string;
    }
  | {
      readonly provider: 'postgresql';
      readonly url: string /** `?schema=`, as Prisma's URLs have it. */;
      readonly schema: string | null;
      /** `?connection_limit=`, as Prisma's URLs have it: connections of one process at most. */
      readonly connections: number | null;
    };

/**
 * Reads a database URL.
 *
 * @param url `file:./rum.db` or `postgresql://user:password@host:5432/database?schema=rum`
 * @throws {StoreError} `internal` when it is neither; the message never holds the URL, which may carry a password.
 */
export function parseDatabaseUrl(url: string): Database {
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(url)?.[0].toLowerCase();
  switch (scheme) {
    case 'file:':
      return { provider: 'sqlite', path: parseFilePath(url.slice(scheme.length)) };
    case 'postgresql:':
    case 'postgres:':
      return parsePostgresUrl(url);
    default:
      throw invalid(`must start with file: or postgresql:// — got ${describe(url, scheme)}`);
  }
}

function parseFilePath(rest: string): string {
  // file:rum.db, file:./rum.db, file:/var/rum.db, file:///var/rum.db and file://localhost/var/rum.db
  const path = rest.replace(/^\/\/(?:localhost)?(?=\/)/, '');
  if (path === '' || path.startsWith('//')) {
    throw invalid('names no file — write file:./rum.db or file:/absolute/path/rum.db');
  }
  if (path.startsWith(':memory:')) {
    throw invalid('file::memory: is not kept between connections — write file:./rum.db');
  }
  if (/[?#]/.test(path)) {
    throw invalid(
      'a file: URL takes no ? or # — write them as %3F and %23 where they belong to the file name',
    );
  }
  try {
    return decodeURIComponent(path);
  } catch (cause) {
    throw invalid('holds a % that is not followed by two hex digits — write %25 for the character %', cause);
  }
}

function parsePostgresUrl(text: string): Database {
  if (!URL.canParse(text)) {
    throw invalid(
      'is not a valid postgresql:// URL — write postgresql://user:password@host:5432/database and percent-encode ' +
        'special characters in the password',
    );
  }
  const url = new URL(text);
  const schema = url.searchParams.get('schema');
  if (schema !== null && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(schema)) {
    throw invalid('has a ?schema= that is not a plain name — use letters, digits and _');
  }
  const limit = url.searchParams.get('connection_limit');
  if (limit !== null && !/^[1-9]\d{0,3}$/.test(limit)) {
    throw invalid('has a ?connection_limit= that is no whole number from 1 to 9999');
  }
  for (const name of ['schema', 'connection_limit']) url.searchParams.delete(name);
  return {
    provider: 'postgresql',
    url: url.href,
    schema,
    connections: limit === null ? null : Number(limit),
  };
}

function describe(url: string, scheme: string | undefined): string {
  if (url === '') return 'an empty string';
  return scheme === undefined ? 'a text without a scheme' : `"${scheme}//…"`;
}

function invalid(problem: string, cause?: unknown): StoreError {
  return new StoreError('internal', `RUM: database ${problem}`, { cause });
}
