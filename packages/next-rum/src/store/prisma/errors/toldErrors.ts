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

/** What its data and name say of an error. */
type Said = Omit<ToldError, keyof StoredEvent>;

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
    for await (const errors of readEvents(source, app, ['error'], [span], ids))
      yield errors.map((error) => toldError(error, tell(error)));
  }
}

/** Makes a function that tells which group an error is of, and remembers what it told: the same one often comes again. */
export function errorTeller(): (error: Pick<StoredEvent, 'name' | 'data'>) => Said {
  const known = new Map<string | null, { readonly name: string; readonly said: Said }>();
  return (error) => {
    const { name, data } = error;
    const before = known.get(data);
    if (before?.name === name) return before.said;
    const said = tellOf(error);
    if (known.size === MAX_REMEMBERED) known.clear();
    known.set(data, { name, said });
    return said;
  };
}

/** Written out: spreading both takes a third of the time that reading an error takes in all. */
export function toldError(event: StoredEvent, said: Said): ToldError {
  return {
    id: event.id,
    viewId: event.viewId,
    type: event.type,
    occurredAt: event.occurredAt,
    visitor: event.visitor,
    route: event.route,
    name: event.name,
    duration: event.duration,
    data: event.data,
    fingerprint: said.fingerprint,
    count: said.count,
    message: said.message,
    source: said.source,
    stack: said.stack,
    componentStack: said.componentStack,
    digest: said.digest,
  };
}

function tellOf({ name, data }: Pick<StoredEvent, 'name' | 'data'>): Said {
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
