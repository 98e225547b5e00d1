/**
 * What it costs a program to begin: the domain loaded from nothing, beside what it is made with.
 *
 * @module
 */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { contest, type Row } from './measure.ts'

const domain = import.meta.resolve('@forsat/domain')
const parts = ['zod', 'fp-ts/lib/Either.js']

/** Milliseconds of a processor that a new process takes over imports, as it says itself. */
const loading = (modules: readonly string[]): number => {
  const imports = modules.map((module) => `await import(${JSON.stringify(module)})`).join('\n')
  const program = `const since = process.cpuUsage()
    ${imports}
    const { user, system } = process.cpuUsage(since)
    process.stdout.write(String((user + system) / 1000))`
  const args = ['--conditions=@forsat/source', '--input-type=module', '--eval', program]
  // Imports of a program without a file begin in its folder: that is the domain's.
  const cwd = fileURLToPath(new URL('.', domain))
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8', cwd }))
}

export const importRows = async (): Promise<readonly Row[]> => {
  return [
    await contest({
      row: 'import-domain',
      unit: 'imports/s',
      aim: 0.9,
      note: 'the domain from its sources in a new process; bare: zod and Either alone',
      ours: async () => 1000 / loading([...parts, domain]),
      ceiling: async () => 1000 / loading(parts),
    }),
  ]
}
