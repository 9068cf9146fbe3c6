import { expect, test } from 'vitest';
import { measureBundle } from '../scripts/measureBundle.js';

// Exact for the locked esbuild. A change that needs more says so here.
test.each([
  [
    'the default install',
    `import { startRum, track } from './browser/index.js'; startRum(); track('x');`,
    12_288,
  ],
  ['the core', `import { startRum, track } from './browser/core.js'; startRum(); track('x');`, 9216],
  ['the script tag', `import './script.js';`, 12_288],
])('%s stays below its size', async (_what, code, bytes) => {
  const { gzip } = await measureBundle(code);
  expect(gzip).toBeGreaterThan(3000);
  expect(gzip).toBeLessThanOrEqual(bytes);
});

test('the React layer does not bring the agent with it: that is loaded when it is needed', async () => {
  const { gzip } = await measureBundle(
    `import { useTrackEvent } from './react/index.js'; console.log(useTrackEvent);`,
  );
  expect(gzip).toBeLessThanOrEqual(512);
});
