import { defineConfig } from 'vitest/config'
import type { Reporter } from 'vitest/node'

// Tests run on the workspace's TypeScript sources, not on built files.
const conditions = ['@forsat/source']

/** The last line, in words that any log reader counts; a file that failed to load counts as failed. */
const closingLine: Reporter = {
  onTestRunEnd(modules, errors) {
    const states = modules.flatMap((module) => {
      const tests = [...module.children.allTests()].map((test) => test.result().state)
      return module.state() === 'failed' && !tests.includes('failed') ? [...tests, 'failed'] : tests
    })
    const count = (state: string) => states.filter((each) => each === state).length
    process.on('exit', (code) => {
      // An error outside a test, or coverage below its limit, fails the run without failing a test.
      const failed = count('failed') + errors.length || Number(code !== 0)
      console.log(`${count('passed')} passed, ${failed} failed, ${count('skipped')} skipped`)
    })
  },
}

export default defineConfig({
  ssr: { resolve: { conditions } },
  test: {
    // Only inline projects with `extends` inherit the options above; folder globs would not.
    projects: [
      ...[
        'packages/domain',
        'packages/ledger',
        'packages/event-store',
        'packages/projections',
        'packages/application',
        'apps/api',
        'apps/cli',
      ].map((root) => ({
        extends: true as const,
        test: { name: root, root, include: ['src/**/*.test.ts'] },
      })),
      {
        extends: './apps/web/vite.config.ts',
        test: {
          name: 'apps/web',
          root: 'apps/web',
          include: ['src/**/*.test.tsx'],
          environment: 'happy-dom',
        },
      },
      { test: { name: 'apps/web e2e', root: 'apps/web', include: ['e2e/**/*.test.ts'] } },
    ],
    reporters: ['default', closingLine],
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts', 'apps/*/src/**/*.{ts,tsx}'],
      exclude: ['**/*.bench.ts', 'apps/*/src/{main,seed}.{ts,tsx}'],
      reporter: ['text-summary', 'html', 'lcovonly'],
      thresholds: { lines: 80, branches: 70 },
    },
  },
})
