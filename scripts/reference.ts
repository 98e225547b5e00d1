// Writes the pages of docs/reference that follow from the code; with --check it only compares them.
//   node --conditions=@forsat/source scripts/reference.ts [--check]
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { eventsPage } from './reference/events.ts'

const folder = fileURLToPath(new URL('../docs/reference/', import.meta.url))
const pages = { 'events.md': eventsPage() }

const stale = Object.entries(pages).filter(([name, page]) => {
  const path = join(folder, name)
  if (process.argv.includes('--check')) return readFileSync(path, 'utf8') !== page
  writeFileSync(path, page)
  return false
})
for (const [name] of stale)
  console.error(`docs/reference/${name} is behind the code: pnpm reference`)
process.exitCode = stale.length === 0 ? 0 : 1
