// Builds the pages and the programs, then starts Forsat:  node scripts/start.mjs [options of `forsat start`]
import { execSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { handOver } from './hand-over.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const scratch = join(root, 'node_modules', '.tmp')

// Of two starts at once the second waits for the first one's build and finds nothing left to do. A
// lock of SQLite's is let go by the operating system, however its holder ends.
mkdirSync(scratch, { recursive: true })
const building = new DatabaseSync(join(scratch, 'building.db'), { timeout: 10 * 60_000 })
building.exec('BEGIN EXCLUSIVE')
try {
  execSync('pnpm --silent run build', { cwd: root, stdio: ['ignore', 2, 2] })
} catch ({ status }) {
  process.exit(status ?? 1)
} finally {
  building.close()
}

handOver(process.execPath, ['apps/cli/dist/main.js', 'start', ...process.argv.slice(2)], {
  cwd: root,
})
