import type { Properties } from '../protocol/index.js';
import { MAX_LABEL } from '../protocol/limits.js';
import { copyProperties } from './copyProperties.js';
import { guard } from './guard.js';
import { MAX_CONTEXT } from './limits.js';
import type { Consent, RumHooks } from './options.js';
import { type ErrorDetails, registry, type Timing, tell } from './registry.js';

/**
 * Records a custom event, such as `track('add_to_cart', { sku: 'lamp' })`.
 *
 * May be called at any time: what is told before the agent starts is kept (the first 100 calls), on a server and without
 * an agent it does nothing. Never throws. The same holds for all functions here.
 *
 * @param name Up to 512 characters.
 * @param properties JSON values, at most 8 deep and 2,000 in number; texts are cut at 2,000 characters.
 * @example
 * ```ts
 * import { track } from '@rumkit/react-rum/agent';
 *
 * track('add_to_cart', { sku: 'lamp', price: 49 });
 * ```
 */
export function track(name: string, properties?: Properties): void {
  tell((recorder, at) => recorder.custom(at, name, properties));
}

/**
 * Records an error that the application caught.
 *
 * @example
 * ```ts
 * import { reportError } from '@rumkit/react-rum/agent';
 *
 * try {
 *   JSON.parse('{');
 * } catch (error) {
 *   reportError(error);
 * }
 * ```
 */
export function reportError(error: unknown, details?: ErrorDetails): void {
  tell((recorder, at) => recorder.error?.(at, error, details));
}

/**
 * Records a duration that the application measured.
 *
 * @example
 * ```ts
 * import { trackTiming } from '@rumkit/react-rum/agent';
 *
 * trackTiming({ name: 'search_index_loaded', duration: 182.5 });
 * ```
 */
export function trackTiming(timing: Timing): void {
  tell((recorder, at) => recorder.timing?.(at, timing));
}

/**
 * Starts a timing that {@link endTiming} ends and records. A second start of the same name starts it anew.
 *
 * @example
 * ```ts
 * import { endTiming, startTiming } from '@rumkit/react-rum/agent';
 *
 * startTiming('checkout');
 * endTiming('checkout', { method: 'card' });
 * ```
 */
export function startTiming(name: string): void {
  const page = registry();
  page.timings = (page.timings ?? new Map()).set(name, performance.now());
}

/** Ends and records a timing; does nothing where none of that name was started. */
export function endTiming(name: string, properties?: Properties): void {
  const { timings } = registry();
  const started = timings?.get(name);
  if (started === undefined) return;
  timings?.delete(name);
  trackTiming({ name, duration: performance.now() - started, properties });
}

/**
 * Records that the visitor was shown a feature flag's value or an experiment's variant. Once a view each.
 *
 * @param variant Such as `true`, `control` or `blue`; stored as text.
 * @example
 * ```ts
 * import { trackFlag } from '@rumkit/react-rum/agent';
 *
 * trackFlag('new_checkout', 'blue');
 * ```
 */
export function trackFlag(name: string, variant: string | number | boolean): void {
  tell((recorder, at) => recorder.flag?.(at, name, String(variant)));
}

/** A copy of what goes with every batch; undefined, with a warning, for what cannot. */
function contextOf(given: Properties): Properties | undefined {
  try {
    const copy = copyProperties(given);
    const { length } = JSON.stringify(copy);
    if (length <= MAX_CONTEXT) return copy;
    console.warn(
      `RUM: a context of ${length} characters is not sent — ${MAX_CONTEXT} go with every batch at most`,
    );
  } catch (cause) {
    console.warn('RUM: context not sent', cause);
  }
  return undefined;
}

/**
 * Says something of everything that this page sends from now on, in place of what was said before. Null: nothing.
 *
 * @param attributes At most 2,000 characters as JSON.
 *
 * @example
 * ```ts
 * import { setContext } from '@rumkit/react-rum/agent';
 *
 * setContext({ plan: 'pro' });
 * ```
 */
export function setContext(attributes: Properties | null): void {
  registry().attributes = attributes ? contextOf(attributes) : undefined;
}

/**
 * Says something of the view now shown, besides what was said of it before.
 *
 * @example
 * ```ts
 * import { setViewContext } from '@rumkit/react-rum/agent';
 *
 * setViewContext({ category: 'lamps' });
 * ```
 */
export function setViewContext(attributes: Properties): void {
  tell((recorder, at) => recorder.viewContext?.(at, attributes));
}

/**
 * Says who the visitor is, for everything that this page sends from now on; null takes it back. Sent only while
 * `privacy` is `consent` and consent is granted; never stored in the browser.
 *
 * @param id Up to 512 characters. A pseudonym is better than an e-mail address, which the collector takes out.
 * @example
 * ```ts
 * import { identify } from '@rumkit/react-rum/agent';
 *
 * identify('customer-1842', { plan: 'pro' });
 * ```
 */
export function identify(id: string | null, traits?: Properties): void {
  registry().user =
    id === null ? undefined : { id: `${id}`.slice(0, MAX_LABEL), traits: traits && contextOf(traits) };
}

/**
 * Says what the visitor decided. `pending`: recording goes on, but nothing is sent, stored or added to requests. `denied`:
 * all that was recorded is thrown away, recording stops, and what the agent had stored is removed; this is how a visitor
 * opts out. `granted`: what waited is sent. The application keeps the decision and says it again on each page.
 *
 * @example
 * ```ts
 * import { setConsent } from '@rumkit/react-rum/agent';
 *
 * setConsent('granted');
 * ```
 */
export function setConsent(consent: Consent): void {
  const page = registry();
  page.consent = consent;
  if (consent === 'denied') page.early.length = 0;
  for (const listener of page.consentListeners) guard(listener)();
}

/** What was decided; undefined while neither `setConsent` nor the agent's options have said. */
export function getConsent(): Consent | undefined {
  return registry().consent;
}

/**
 * Calls back after each {@link setConsent}.
 *
 * @returns Stops the calls.
 */
export function onConsentChange(listener: () => void): () => void {
  const { consentListeners } = registry();
  consentListeners.add(listener);
  return () => {
    consentListeners.delete(listener);
  };
}

/**
 * Gives the agent what cannot stand in a config file: functions. Call it before the agent starts or as early as can be,
 * under Next in `instrumentation-client.ts`.
 *
 * @example
 * ```ts
 * import { configureRum } from '@rumkit/react-rum/agent';
 *
 * configureRum({
 *   beforeSend: (item) => ('type' in item && item.type === 'error' && item.message === 'ResizeObserver loop' ? null : item),
 *   onFrustration: ({ frustration, target }) => console.info(frustration, target),
 * });
 * ```
 */
export function configureRum(hooks: RumHooks): void {
  Object.assign(registry().hooks, hooks);
}
