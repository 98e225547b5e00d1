import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// Tests run on the workspace's TypeScript sources, not on built files.
const conditions = ['@forsat/source']

// The same tests on a server: with FORSAT_TEST_STORE=eventstoredb those that have a store in memory
// get a part of a double's log instead.
const insteadOfMemory = fileURLToPath(
  new URL('packages/event-store/src/eventstoredb/testing/instead.ts', import.meta.url),
)
const alias =
  process.env['FORSAT_TEST_STORE'] === 'eventstoredb'
    ? { '@forsat/event-store/memory': insteadOfMemory }
    : {}

const rooms = [
  'packages/domain',
  'packages/document',
  'packages/ledger',
  'packages/event-store',
  'packages/projections',
  'packages/application',
  'apps/api',
  'apps/cli',
]

export default defineConfig({
  ssr: { resolve: { conditions } },
  resolve: { alias },
  test: {
    // Only inline projects with `extends` inherit the options above; folder globs would not.
    projects: [
      ...rooms.map((root) => ({
        extends: true as const,
        // No test leaves anything behind in a module, so all of a room share what is loaded.
        test: { name: root, root, include: ['src/**/*.test.ts'], isolate: false },
      })),
      { extends: true, test: { name: 'docs', root: 'scripts', include: ['**/*.test.ts'] } },
      {
        extends: './apps/web/vite.config.ts',
        test: {
          name: 'apps/web',
          root: 'apps/web',
          include: ['src/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
        },
      },
      {
        test: {
          name: 'apps/web e2e',
          root: 'apps/web',
          include: ['e2e/**/*.test.ts'],
          globalSetup: fileURLToPath(new URL('apps/web/e2e/build.ts', import.meta.url)),
          // After all others, one at a time: a browser beside their programs waits for its turn too long.
          sequence: { groupOrder: 1 },
          maxWorkers: 1,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
    // On a machine of two cores one would be left idle otherwise.
    maxWorkers: '100%',
    // As many as these machines have cores: what runs at once are programs.
    maxConcurrency: 2,
    // Some tests open real stores and start real processes, on machines of two busy cores.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts', 'apps/*/src/**/*.{ts,tsx}'],
      exclude: ['**/*.bench.ts', 'apps/*/src/main.{ts,tsx}'],
      reporter: ['text-summary', 'html', 'lcovonly'],
      thresholds: { lines: 80, branches: 70 },
    },
  },
})
