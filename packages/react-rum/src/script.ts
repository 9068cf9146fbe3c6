/** The script-tag build. The one entry besides the framework's that acts when loaded. */
import * as api from './browser/api.js';
import type { RumAgentOptions } from './browser/options.js';
import { type OnDemand, startFull } from './browser/startFull.js';

type Api = typeof api;
/** Name of a function and its arguments. */
type Call = { [Name in keyof Api]: [name: Name, ...args: Parameters<Api[Name]>] }[keyof Api];

declare global {
  interface Window {
    /** Before the script is loaded, a page may put `{ q: [] }` here and push calls: `['track', 'name', { … }]`. */
    rum?: { q?: Call[] } & Partial<Api>;
  }
}

const LISTS = ['ignore', 'urlTemplates', 'tracing'];

/** Reads `data-sample-rate="0.5"` and the like. */
function optionsOf(dataset: DOMStringMap): RumAgentOptions {
  const options: Record<string, unknown> = {};
  for (const [name, value = ''] of Object.entries(dataset)) {
    const isPlain = /^(app|release|environment)$/.test(name);
    options[name] =
      !isPlain && /^(true|false|[\d.]+)$/.test(value)
        ? JSON.parse(value)
        : LISTS.includes(name)
          ? value.split(/\s*,\s*/)
          : value;
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
window.rum = { ...api };
for (const [name, ...args] of waiting) (window.rum[name] as (...given: unknown[]) => void)?.(...args);
