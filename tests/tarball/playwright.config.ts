import { defineConfig } from '@playwright/test';
import { browser } from '../../e2e/browser.js';

export default defineConfig({
  testDir: '.',
  outputDir: 'test-results',
  // npm installs and Next builds a whole app in here.
  timeout: 300_000,
  workers: 1,
  forbidOnly: true,
  use: await browser(),
});
