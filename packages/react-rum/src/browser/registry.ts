import type { Properties } from '../protocol/index.js';

/** The running agent. */
export interface RumAgent {
  /** Records a custom event. Properties are copied at once. Never throws. */
  track(name: string, properties?: Properties): void;
  /** Records an error that the application caught. Never throws. */
  reportError(error: unknown): void;
  /** Sends what waits; resolves once it was answered or must wait for another try. Never rejects. */
  flush(): Promise<void>;
  /** Sends what waits and ends recording. */
  stop(): void;
  /** Id of this session. Null where nothing is recorded. */
  readonly sessionId: string | null;
  /** Id of the view now shown. Null where nothing is recorded, such as on an ignored path. */
  viewId(): string | null;
}

/** What a page recorded before its agent started, kept to be played back. */
type EarlyCall = (recorder: Recorder) => void;

/** Where calls go once an agent runs. */
export interface Recorder {
  /** @param at When it happened, epoch ms. Default now. */
  custom(name: string, properties?: Properties, at?: number): void;
  error(error: unknown, at?: number): void;
}

interface Registry {
  agent: RumAgent | null;
  recorder: Recorder | null;
  early: EarlyCall[];
}

/** Most calls kept for an agent that has not started. */
const EARLY_CALLS = 100;
const KEY = Symbol.for('rumkit.agent');

/** On `globalThis`, because a page may bundle this module more than once: each copy finds the one agent. */
export function registry(): Registry {
  const holder = globalThis as { [KEY]?: Registry };
  holder[KEY] ??= { agent: null, recorder: null, early: [] };
  return holder[KEY];
}

/** False during server rendering and where the visitor sends Global Privacy Control: then nothing is recorded at all. */
export function mayRecord(): boolean {
  if (typeof window === 'undefined') return false;
  return (navigator as Navigator & { globalPrivacyControl?: boolean }).globalPrivacyControl !== true;
}

/**
 * Records a custom event, such as `track('add_to_cart', { sku: 'lamp' })`.
 *
 * May be called at any time: events from before the agent started are kept (the first 100), on a server and without an agent
 * it does nothing. Never throws.
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
  const at = Date.now();
  call((recorder) => recorder.custom(name, properties, at));
}

/**
 * Records an error that the application caught, as `window.reportError` would. Never throws.
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
export function reportError(error: unknown): void {
  const at = Date.now();
  call((recorder) => recorder.error(error, at));
}

function call(run: EarlyCall): void {
  if (!mayRecord()) return;
  const { recorder, early } = registry();
  if (recorder) run(recorder);
  else if (early.length < EARLY_CALLS) early.push(run);
}
