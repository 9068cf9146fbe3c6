import { type Context, propagation } from '@opentelemetry/api';
import type { SpanProcessor } from '@opentelemetry/sdk-trace-base';

/**
 * Baggage that the agent sends with same-origin requests, and the span attribute each becomes. `session.id` is the name of
 * the OpenTelemetry semantic conventions.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/general/session/
 */
const ATTRIBUTE_OF_BAGGAGE = {
  'rum.session.id': 'session.id',
  'rum.view.id': 'rum.view.id',
} as const;

// Baggage comes from the network: only what looks like an id of ours becomes an attribute.
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * Marks the spans of a request with the session and the page view that made it, so that a trace can be found from a
 * view and a view from a trace: `session.id`, `rum.view.id` and, where `rum` is given, `rum.app`.
 *
 * The ids travel as W3C baggage, which `registerOTel` of `@vercel/otel` extracts by default. With other set-ups add
 * `W3CBaggagePropagator`. The processor exports nothing.
 *
 * @example
 * ```ts
 * // instrumentation.ts
 * import { rumSpanProcessor } from '@rumkit/next-rum/otel';
 * import { registerOTel } from '@vercel/otel';
 *
 * export function register(): void {
 *   registerOTel({ serviceName: 'shop', spanProcessors: ['auto', rumSpanProcessor()] });
 * }
 * ```
 */
export function rumSpanProcessor(rum?: { readonly config: { readonly app: string } }): SpanProcessor {
  return {
    onStart(span, parentContext) {
      const ids = idsIn(parentContext);
      if (Object.keys(ids).length > 0) {
        span.setAttributes(rum ? { ...ids, 'rum.app': rum.config.app } : ids);
      }
    },
    onEnd() {},
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
}

function idsIn(context: Context): Record<string, string> {
  const baggage = propagation.getBaggage(context);
  const ids: Record<string, string> = {};
  for (const [entry, attribute] of Object.entries(ATTRIBUTE_OF_BAGGAGE)) {
    const value = baggage?.getEntry(entry)?.value;
    if (value !== undefined && UUID.test(value)) {
      ids[attribute] = value;
    }
  }
  return ids;
}
