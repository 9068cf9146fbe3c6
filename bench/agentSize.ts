// Prints how large the agent is, next to web-vitals alone.
import {
  type BundleSize,
  measureBundle,
  measureScript,
} from '../packages/react-rum/scripts/measureBundle.js';

/** What an application with the default install writes. */
const START = `import { startRum, track } from './browser/index.js'; startRum(); track('x');`;
/** All that the React layer has, and what of the agent it needs. */
const API = uses('./browser/api.js', [
  ...['configureRum', 'endTiming', 'getConsent', 'identify', 'onConsentChange', 'reportError', 'setConsent'],
  ...['setContext', 'setViewContext', 'startTiming', 'trackFlag', 'trackTiming'],
]);
const REACT = uses('./react/index.js', [
  ...[
    'RumErrorBoundary',
    'RumProvider',
    'Track',
    'trackQueryClient',
    'useConsent',
    'useRum',
    'useTrackEvent',
  ],
  ...['useTrackForm', 'useTrackRender', 'useTrackVisible', 'withTracking'],
]);

function uses(module: string, names: readonly string[]): string {
  return `import { ${names} } from '${module}'; console.log(${names});`;
}

const [installed, withApi, core, withReact, script, webVitals] = await Promise.all([
  measureBundle(START),
  measureBundle(`${START} ${API}`),
  measureBundle(`import { startRum, track } from './browser/core.js'; startRum(); track('x');`),
  measureBundle(`${START} ${API} ${REACT}`),
  measureScript(),
  measureBundle(
    `import { onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals/attribution';
     for (const on of [onCLS, onFCP, onINP, onLCP, onTTFB]) on(console.log);`,
  ),
]);
const react: BundleSize = {
  min: withReact.min - withApi.min,
  gzip: withReact.gzip - withApi.gzip,
  brotli: withReact.brotli - withApi.brotli,
};
const sizes = { default: installed, core, react, script, webVitals };

console.log('Agent size in bytes (esbuild, minified, es2020; React external)');
console.table(sizes);
console.log(JSON.stringify({ bench: 'agent-size', ...sizes }));
