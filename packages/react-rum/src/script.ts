/** The script-tag build. The one entry besides the framework's that acts when loaded. */
import {
  configureRum,
  endTiming,
  identify,
  reportError,
  setConsent,
  setContext,
  setViewContext,
  startTiming,
  track,
  trackFlag,
  trackTiming,
} from './browser/api.js';
import { guard } from './browser/guard.js';
import type { RumAgentOptions } from './browser/options.js';
import { type OnDemand, startFull } from './browser/startFull.js';

type Api = Omit<typeof import('./browser/api.js'), 'getConsent' | 'onConsentChange'>;

/** What the page calls, as `window.rum.track(…)`. */
const api: Api = {
  configureRum,
  endTiming,
  identify,
  reportError,
  setConsent,
  setContext,
  setViewContext,
  startTiming,
  track,
  trackFlag,
  trackTiming,
};

/** Name of a function and its arguments. */
type Call = { [Name in keyof Api]: [name: Name, ...args: Parameters<Api[Name]>] }[keyof Api];

declare global {
  interface Window {
    /** Before the script is loaded, a page may put `{ q: [] }` here and push calls: `['track', 'name', { … }]`. */
    rum?: { q?: Call[] } & Partial<Api>;
  }
}

/** Reads `data-sample-rate="0.5"`, `data-errors="false"`, `data-ignore="/private, /drafts"` and the like. */
function optionsOf(dataset: DOMStringMap): RumAgentOptions {
  const options: Record<string, unknown> = {};
  for (const [name, value = ''] of Object.entries(dataset)) {
    const isText = /^(app|key|release|environment)$/.test(name);
    if (!isText && /^(true|false)$/.test(value)) options[name] = value === 'true';
    else if (!isText && +value >= 0) options[name] = +value;
    else options[name] = /^(ignore|urlTemplates|tracing)$/.test(name) ? value.split(/\s*,\s*/) : value;
  }
  return options;
}

const { dataset, src } = (document.currentScript ?? { dataset: {}, src: location.href }) as HTMLScriptElement;
const beside = (file: string): string => new URL(file, src).href;
const onDemand: OnDemand = {
  debug: () => import(beside('debug.js')),
  offline: () => import(beside('offline.js')),
};

startFull(optionsOf(dataset), {}, onDemand);
const waiting = window.rum?.q ?? [];
window.rum = api;
for (const [name, ...args] of waiting) {
  guard(() => (api[name] as ((...given: unknown[]) => void) | undefined)?.(...args))();
}
