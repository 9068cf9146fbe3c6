import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  outputDir: 'test-results',
  timeout: 300_000,
  expect: { timeout: 30_000, toPass: { timeout: 30_000 } },
  // Each run keeps the machine busy by itself.
  workers: 1,
  // A browser gives a page that goes a moment for its last handlers, and then ends its process: where the machine is so busy
  // that the moment passes, what the page had made since its last flush was never handed over, as when it is killed.
  retries: 1,
  forbidOnly: true,
});
