import { hex } from '../../protocol/hex.js';
import type { Collector } from '../collector.js';

/**
 * Lets the server's traces be joined to views: same-origin `fetch` requests carry the view's trace id and, as baggage,
 * the ids of session and view.
 *
 * @see https://www.w3.org/TR/trace-context/ and https://www.w3.org/TR/baggage/
 */
export function createTracing(): Collector {
  return {
    name: 'tracing',
    start({ sessionId, views, changed }) {
      const original = window.fetch;
      let active = true;

      /** The trace headers for a request of now; none on an ignored path. */
      function traceHeaders(): TraceHeaders | null {
        const view = views.current();
        if (!view) return null;
        if (!view.traceId) {
          view.traceId = randomHex(16);
          changed();
        }
        return {
          traceparent: `00-${view.traceId}-${randomHex(8)}-01`,
          baggage: `rum.session.id=${sessionId},rum.view.id=${view.id}`,
        };
      }

      // Not an async function: what the original does with odd arguments stays as it is.
      const traced: typeof fetch = function (this: unknown, ...args) {
        let sent: Parameters<typeof fetch> = args;
        if (active) {
          try {
            sent = withTrace(args, traceHeaders) ?? args;
          } catch {
            // Arguments that cannot be read here: the original says what is wrong with them.
          }
        }
        return original.apply(this as typeof globalThis, sent);
      };

      const view = views.current();
      const rendered = traceIdOfDocument();
      if (view && rendered) view.traceId = rendered;
      try {
        window.fetch = traced;
      } catch {
        // A page that froze `fetch` goes without tracing.
      }
      return () => {
        active = false;
        if (window.fetch === traced) window.fetch = original;
      };
    },
  };
}

interface TraceHeaders {
  readonly traceparent: string;
  readonly baggage: string;
}

/** The arguments with trace headers added; null where they must stay as they are. */
function withTrace(
  [input, init]: Parameters<typeof fetch>,
  traceHeaders: () => TraceHeaders | null,
): Parameters<typeof fetch> | null {
  const isRequest = input instanceof Request;
  if (!isRequest && typeof input !== 'string' && !(input instanceof URL)) return null;
  const url = new URL(isRequest ? input.url : input, document.baseURI);
  if (url.origin !== location.origin || url.protocol !== location.protocol) return null;
  // Anything but a plain object (a Request may be given here too) loses fields when spread.
  const given: RequestInit = init ?? {};
  if (Object.getPrototypeOf(given) !== Object.prototype) return null;
  const trace = traceHeaders();
  if (!trace) return null;

  if (isRequest && !given.headers) {
    // A copy, because headers given beside a Request reset its referrer, and its own are the caller's.
    const copy = new Request(input);
    addTrace(copy.headers, trace);
    return [copy, init];
  }
  const headers = new Headers(given.headers);
  addTrace(headers, trace);
  return [input, { ...given, headers }];
}

function addTrace(headers: Headers, { traceparent, baggage }: TraceHeaders): void {
  if (!headers.has('traceparent')) headers.set('traceparent', traceparent);
  const given = headers.get('baggage');
  if (!given?.includes('rum.session.id=')) headers.set('baggage', given ? `${given},${baggage}` : baggage);
}

/** The trace that the server rendered this document in, where it says so. */
function traceIdOfDocument(): string | undefined {
  const content = document.querySelector<HTMLMetaElement>('meta[name=traceparent]')?.content ?? '';
  return /^00-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(content)?.[1];
}

function randomHex(bytes: number): string {
  return hex(crypto.getRandomValues(new Uint8Array(bytes)));
}
