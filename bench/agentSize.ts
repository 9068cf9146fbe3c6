// Prints how large the agent is, next to web-vitals alone.
import { type BundleSize, measureBundle } from '../packages/react-rum/scripts/measureBundle.js';

/** What an application with the default install writes. */
const START = `import { startRum, track } from './browser/index.js'; startRum(); track('x');`;
const REACT = `import { RumProvider, useTrackEvent } from './react/index.js'; console.log(RumProvider, useTrackEvent);`;

const [installed, core, withReact, script, webVitals] = await Promise.all([
  measureBundle(START),
  measureBundle(`import { startRum, track } from './browser/core.js'; startRum(); track('x');`),
  measureBundle(`${START} ${REACT}`),
  measureBundle(`import './script.js';`),
  measureBundle(
    `import { onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals/attribution';
     for (const on of [onCLS, onFCP, onINP, onLCP, onTTFB]) on(console.log);`,
  ),
]);
const react: BundleSize = {
  min: withReact.min - installed.min,
  gzip: withReact.gzip - installed.gzip,
  brotli: withReact.brotli - installed.brotli,
};
const sizes = { default: installed, core, react, script, webVitals };

console.log('Agent size in bytes (esbuild, minified, es2020; React external)');
console.table(sizes);
console.log(JSON.stringify({ bench: 'agent-size', ...sizes }));
