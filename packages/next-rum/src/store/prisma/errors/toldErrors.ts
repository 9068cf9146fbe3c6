import { errorTitle, fingerprintOf } from '../../../analysis/errors/fingerprintOf.js';
import type { StoredEvent } from '../../latestStore.js';
import type { SqlClient } from '../client.js';
import type { Dialect } from '../dialect.js';
import { dataOf, readEvents } from '../latest/readEvents.js';
import type { Span } from '../rollup/rawSpans.js';
import type { Sql } from '../sql.js';

/** What an error event says, and which group it is of. */
export interface ToldError extends StoredEvent {
  readonly fingerprint: string;
  /** How many alike it stands for. */
  readonly count: number;
  readonly message: string;
  readonly source: string | null;
  readonly stack: string | null;
  readonly componentStack: string | null;
  readonly digest: string | null;
}

type Told = Omit<ToldError, keyof StoredEvent>;

/** Most different errors that are remembered at a time: those of a page are few, and their stacks long. */
const MAX_REMEMBERED = 500;

/** The error events of spans with their groups, in chunks. */
export async function* readToldErrors(
  source: { readonly client: SqlClient; readonly dialect: Dialect },
  app: string,
  spans: readonly Span[],
  ids?: Sql,
): AsyncGenerator<readonly ToldError[]> {
  const tell = errorTeller();
  for (const span of spans) {
    for await (const errors of readEvents(source, app, ['error'], [span], ids)) yield errors.map(tell);
  }
}

/** Makes a function that tells which group an error is of, and remembers what it told: the same one often comes again. */
export function errorTeller(): <Error extends Pick<StoredEvent, 'name' | 'data'>>(
  error: Error,
) => Error & Told {
  const known = new Map<string, Told>();
  return (error) => {
    const key = `${error.name}\n${error.data}`;
    let told = known.get(key);
    if (told === undefined) {
      told = tellOf(error);
      if (known.size === MAX_REMEMBERED) known.clear();
      known.set(key, told);
    }
    return { ...error, ...told };
  };
}

function tellOf({ name, data }: Pick<StoredEvent, 'name' | 'data'>): Told {
  const said = dataOf({ data });
  const text = (key: string): string | null => {
    const value = said[key];
    return typeof value === 'string' ? value : null;
  };
  const [message, stack, digest] = [text('message') ?? '', text('stack'), text('digest')];
  const { count } = said;
  return {
    fingerprint: fingerprintOf({
      name,
      message,
      stack: stack ?? undefined,
      digest: digest ?? undefined,
    }),
    count: typeof count === 'number' && Number.isSafeInteger(count) && count > 0 ? count : 1,
    message,
    source: text('source'),
    stack,
    componentStack: text('componentStack'),
    digest,
  };
}

/** What the group of an error is called. */
export function titleOf({ name, message, stack }: Pick<ToldError, 'name' | 'message' | 'stack'>): string {
  return errorTitle({ name, message, stack: stack ?? undefined });
}
