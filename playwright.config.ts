import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { chromiumArguments, chromiumPath } from './test/support/browser.ts';

/** The window in a real browser: `test/e2e/*.spec.ts`, against what `npm run build` made. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '*.spec.ts',
  // For a machine that is busy.
  timeout: 150_000,
  expect: { timeout: 30_000 },
  // A test waits for its page half of the time.
  workers: Math.max(3, Math.floor(availableParallelism() / 2)),
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  outputDir: 'test-results',
  use: {
    viewport: { width: 1280, height: 800 },
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    // Recording one takes nearly half of the time; ask for it with `--trace on`.
    trace: 'off',
    launchOptions: { executablePath: chromiumPath(), args: chromiumArguments() },
  },
});
