import type { ResourceEvent } from '../../protocol/index.js';

/** A request of a script as it begins. */
export interface RequestStart {
  readonly initiator: 'fetch' | 'xmlhttprequest';
  readonly method: string;
  /** Absolute, without fragment. */
  readonly url: string;
  readonly operation: string | undefined;
  readonly spanId: string | undefined;
}

/** What became of it. */
export type RequestEnd = Pick<ResourceEvent, 'status' | 'failure'>;

/** Told of each request; what it returns is told of its end. */
export type BeginRequest = (start: RequestStart) => (end: RequestEnd) => void;

/** Name of a GraphQL operation, where a body of such a request names one. */
export function operationOf(url: string, body: unknown): string | undefined {
  if (typeof body !== 'string' || !/graphql/i.test(url)) return undefined;
  const [, named, written] =
    /"operationName"\s*:\s*"(\w+)|\b(?:query|mutation|subscription)\s+(\w+)/.exec(body) ?? [];
  return named ?? written;
}
