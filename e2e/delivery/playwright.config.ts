import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  outputDir: 'test-results',
  timeout: 300_000,
  expect: { timeout: 30_000, toPass: { timeout: 30_000 } },
  // Each run keeps the machine busy by itself.
  workers: 1,
  forbidOnly: true,
});
