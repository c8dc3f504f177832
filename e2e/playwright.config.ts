import { defineConfig } from '@playwright/test'

const BROWSER_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** The whole stack on ports and folders of its own, in a real browser. `npm test` finds the browser. */
export default defineConfig({
  testDir: '.',
  timeout: 240_000,
  expect: { timeout: 30_000 },
  // Each file runs a pool with node, database and browser: one at a time is what two cores carry.
  workers: 1,
  forbidOnly: true,
  outputDir: '../test-results',
  use: {
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: BROWSER_ARGS,
    },
    trace: 'retain-on-failure',
  },
})
