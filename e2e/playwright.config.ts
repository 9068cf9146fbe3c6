import { defineConfig } from '@playwright/test';
import { browser } from './browser.js';

export default defineConfig({
  testDir: '.',
  testIgnore: ['browsers/**', 'delivery/**'],
  outputDir: 'test-results',
  timeout: 60_000,
  expect: { timeout: 15_000, toPass: { timeout: 20_000 } },
  // Each test has a server and a database of its own; more at a time would measure the machine.
  workers: 1,
  forbidOnly: true,
  use: await browser(),
});
