import { randomHex } from '../../protocol/randomHex.js';
import type { CollectorContext } from '../collector.js';

/** Reads and writes one header of a request. */
export interface HeaderAccess {
  get(name: string): string | null | undefined;
  set(name: string, value: string): void;
}

/** Joins requests to the server's traces. */
export interface Tracing {
  /** Whether a request to this address may carry trace headers now. */
  mayTrace(url: string): unknown;
  /** Adds them, and returns the request's span id unless the page had set a trace of its own. */
  trace(headers: HeaderAccess): string | undefined;
}

/**
 * Lets the server's traces be joined to views: requests carry the view's trace id and, as baggage, the ids of session and
 * view. Other origins than the page's own get them only where named, since a server that does not allow the headers
 * would have the browser refuse its answer.
 *
 * @param sharedSessionId Id of the session, or undefined where consent does not let it leave the page.
 * @see https://www.w3.org/TR/trace-context/ and https://www.w3.org/TR/baggage/
 */
export function createTracing(
  { views, on }: CollectorContext,
  allowed: boolean | readonly string[],
  sharedSessionId: () => string | undefined,
): Tracing {
  const origins = [location.origin].concat(allowed === true ? [] : (allowed as string[]));
  on.view.push((view) => {
    if (!view.timeStamp) view.traceId = traceIdOfDocument();
  });
  return {
    mayTrace: (url) =>
      allowed &&
      views.current() &&
      sharedSessionId() &&
      origins.some((origin) => url.startsWith(`${origin}/`)),
    trace(headers) {
      const view = views.current();
      if (!view) return undefined;
      view.traceId = view.traceId ?? randomHex(16);
      views.changed(view);
      const spanId = randomHex(8);
      const given = headers.get('traceparent');
      if (!given) headers.set('traceparent', `00-${view.traceId}-${spanId}-01`);
      const baggage = headers.get('baggage');
      if (!baggage?.includes('rum.session.id=')) {
        headers.set(
          'baggage',
          `${baggage ? `${baggage},` : ''}rum.session.id=${sharedSessionId()},rum.view.id=${view.id}`,
        );
      }
      return given ? undefined : spanId;
    },
  };
}

/** The trace that the server rendered this document in, where it says so. */
function traceIdOfDocument(): string | undefined {
  const meta = document.querySelector<HTMLMetaElement>('meta[name=traceparent]');
  return /-([\da-f]{32})-/.exec(meta?.content ?? '')?.[1];
}
