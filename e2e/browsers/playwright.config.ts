import { defineConfig } from '@playwright/test';
import { BROWSERS } from '../drivers/launchDriver.js';

export default defineConfig<object, { browserUnderTest: string }>({
  testDir: '.',
  outputDir: 'test-results',
  timeout: 120_000,
  expect: { timeout: 20_000, toPass: { timeout: 30_000 } },
  workers: 2,
  forbidOnly: true,
  projects: BROWSERS.map((name) => ({ name, use: { browserUnderTest: name } })),
});
