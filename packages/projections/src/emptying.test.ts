import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openForWriting } from './database.ts'
import { emptying } from './emptying.ts'

test('what was written ahead comes into the file while it goes on being written', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'forsat-emptying-'))
  const path = join(folder, 'read.db')
  const db = openForWriting(path)
  const emptier = emptying(path, { transactions: 2, everyMs: 0 })
  onTestFinished(async () => {
    await emptier.stop()
    db.close()
    rmSync(folder, { recursive: true })
  })
  db.exec('CREATE TABLE offer (id TEXT PRIMARY KEY) STRICT')
  const before = statSync(path).size
  await vi.waitUntil(() => {
    db.exec('INSERT INTO offer VALUES (hex(randomblob(16)))')
    emptier.wrote(db)
    return statSync(path).size > before
  }, 20_000)
  expect(db.prepare('SELECT count(*) AS offers FROM offer').get()?.['offers']).toBeGreaterThan(1)
})
