// Writes the pages of docs/reference that follow from the code; with --check it only compares them.
//   node --conditions=@forsat/source scripts/reference.ts [--check]
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { cliPage } from './reference/cli.ts'
import { commandsPage } from './reference/commands.ts'
import { errorsPage } from './reference/errors.ts'
import { eventsPage } from './reference/events.ts'
import { httpPage } from './reference/http.ts'

const folder = fileURLToPath(new URL('../docs/reference/', import.meta.url))
const pages = {
  'cli.md': cliPage(),
  'commands.md': commandsPage(),
  'errors.md': errorsPage(),
  'events.md': eventsPage(),
  'http.md': await httpPage(),
}

for (const [name, page] of Object.entries(pages)) {
  const path = join(folder, name)
  if (!process.argv.includes('--check')) writeFileSync(path, page)
  else if (!existsSync(path) || readFileSync(path, 'utf8') !== page) {
    console.error(`docs/reference/${name} is behind the code: run pnpm reference`)
    process.exitCode = 1
  }
}
