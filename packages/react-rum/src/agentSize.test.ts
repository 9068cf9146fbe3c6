import { expect, test } from 'vitest';
import { measureBundle, measureScript } from '../scripts/measureBundle.js';

// Of the built package, exact for the locked esbuild and terser. A change that needs more says so here.
const KIB = 1024;

test.each([
  [
    'the default install, with everything on',
    `import { startRum, track } from './browser/index.js'; startRum(); track('x');`,
    12.5 * KIB,
  ],
  ['the core', `import { startRum, track } from './browser/core.js'; startRum(); track('x');`, 5.55 * KIB],
])('%s stays below its size', async (_what, code, bytes) => {
  const { gzip } = await measureBundle(code);
  expect(gzip).toBeGreaterThan(3000);
  expect(gzip).toBeLessThanOrEqual(bytes);
});

test('the script tag stays below its size', async () => {
  const { gzip } = await measureScript();
  expect(gzip).toBeGreaterThan(3000);
  expect(gzip).toBeLessThanOrEqual(12.5 * KIB);
});

test('the React layer, all of it, adds little and does not bring the agent with it', async () => {
  const agent = `import { startRum } from './browser/index.js'; startRum();
    import { configureRum, endTiming, getConsent, identify, onConsentChange, reportError, setConsent } from './browser/api.js';
    import { setContext, setViewContext, startTiming, track, trackFlag, trackTiming } from './browser/api.js';
    console.log(configureRum, endTiming, getConsent, identify, onConsentChange, reportError, setConsent);
    console.log(setContext, setViewContext, startTiming, track, trackFlag, trackTiming);`;
  const react = `import { RumErrorBoundary, RumProvider, Track, trackQueryClient, useConsent, useRum } from './react/index.js';
    import { useTrackEvent, useTrackForm, useTrackRender, useTrackVisible, withTracking } from './react/index.js';
    console.log(RumErrorBoundary, RumProvider, Track, trackQueryClient, useConsent, useRum);
    console.log(useTrackEvent, useTrackForm, useTrackRender, useTrackVisible, withTracking);`;
  const [alone, withReact] = await Promise.all([measureBundle(agent), measureBundle(agent + react)]);
  expect(withReact.gzip - alone.gzip).toBeLessThanOrEqual(2 * KIB);
});

test('a single hook is small', async () => {
  const { gzip } = await measureBundle(
    `import { useTrackEvent } from './react/index.js'; console.log(useTrackEvent);`,
  );
  expect(gzip).toBeLessThanOrEqual(512);
});
