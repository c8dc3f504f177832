import { defineConfig } from 'vitest/config'

const source = { conditions: ['@headframe/source'] }
const shared = { resolve: source, ssr: { resolve: source } }
const addons = ['packages/sha256/scripts/build-addon.mjs', 'packages/send-many/scripts/build-addon.mjs']

/**
 * Two projects. `unit` needs nothing but Node. `integration` runs against a real Postgres, Redis and Bitcoin
 * node, which its global set-up finds or unpacks; files named `*.integration.test.ts` belong to it.
 */
export default defineConfig({
  ...shared,
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          globalSetup: addons,
          include: [
            '{packages,apps}/*/test/**/*.test.ts',
            'bench/test/**/*.test.ts',
            'scripts/test/**/*.test.mjs',
          ],
          exclude: ['**/*.integration.test.ts', '**/node_modules/**'],
          // A bound on what never ends, not on what is slow: the machine may be busy with other things.
          testTimeout: 30_000,
          // A process a file costs more than the tests in it; no test leaves anything behind that another could see.
          isolate: false,
          // More than two cores have, because some tests wait for clocks and disks.
          maxWorkers: 3,
        },
      },
      {
        ...shared,
        test: {
          name: 'integration',
          include: ['{packages,apps}/*/test/**/*.integration.test.ts', 'bench/test/**/*.integration.test.ts'],
          globalSetup: [...addons, 'packages/local/test/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 3,
          // After the unit tests: projects with different numbers of workers cannot run at once.
          sequence: { groupOrder: 1 },
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['packages/core/src/**', 'packages/db/src/**', 'apps/engine/src/**'],
      exclude: ['**/generated/**'],
      reporter: ['text', 'json-summary'],
      thresholds: { lines: 80 },
    },
  },
})
