import type { ResourceEvent } from '../../protocol/index.js';

/** What a script asked for, in the words of the event. */
export type RequestStart = Pick<ResourceEvent, 'initiator' | 'method' | 'operation' | 'spanId'>;

/** What became of it. */
export type RequestEnd = Pick<ResourceEvent, 'status' | 'failure'>;

/**
 * Told of each request; what it returns is told of its end.
 *
 * @param url Absolute, without fragment.
 */
export type BeginRequest = (url: string, start: RequestStart) => (end: RequestEnd) => void;

/** Name of a GraphQL operation, where a body of such a request names one. */
export function operationOf(url: string, body: unknown): string | undefined {
  if (typeof body !== 'string' || !/graphql/i.test(url)) return undefined;
  return /(?:"operationName"\s*:\s*"|\b(?:query|mutation|subscription)\s+)(\w+)/.exec(body)?.[1];
}
