// How the browser tests run. `cargo xtask test` sets the variables; see docs/development.md.
import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';

const chromium = process.env.PLEIN_CHROMIUM ?? '/usr/bin/chromium';

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  globalSetup: './html.ts',
  outputDir: process.env.PLEIN_E2E_RESULTS ?? '../../test-results',
  // A demo world for each worker serves all its files: making one costs more than most tests.
  fullyParallel: false,
  workers: Math.min(2, availableParallelism()),
  retries: 0,
  // Generous, because the machine may be busy compiling; nothing waits that long when all is well.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: 'list',
  use: {
    browserName: 'chromium',
    locale: 'nl-NL',
    timezoneId: 'Europe/Amsterdam',
    // Without smooth scrolling nothing moves while it is clicked.
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 20_000,
    navigationTimeout: 40_000,
    screenshot: 'only-on-failure',
    // Filming costs more than all the rest of the tracing, and the machine may be busy.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: true, sources: false },
    launchOptions: {
      executablePath: chromium,
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
