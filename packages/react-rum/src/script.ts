/** The script-tag build. The one entry besides the framework's that acts when loaded. */
import { type RumAgentOptions, reportError, startRum, track } from './browser/index.js';

type TrackCall = Parameters<typeof track>;

declare global {
  interface Window {
    /** Before the script is loaded, a page may put `{ q: [] }` here and push `[name, properties]`. */
    rum?: { q?: TrackCall[]; track?: typeof track; reportError?: typeof reportError };
  }
}

const { endpoint, app, release, environment, privacy, ignore } = (document.currentScript?.dataset ??
  {}) as DOMStringMap;
const options: RumAgentOptions = {
  ...(endpoint && { endpoint }),
  ...(app && { app }),
  ...(release && { release }),
  ...(environment && { environment }),
  ...(privacy === 'consent' && { privacy }),
  ...(ignore && { ignore: ignore.split(',').map((path) => path.trim()) }),
};

startRum(options);
const waiting = window.rum?.q ?? [];
window.rum = { track, reportError };
for (const [name, properties] of waiting) track(name, properties);
