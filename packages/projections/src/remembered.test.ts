import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openForWriting } from './database.ts'
import { lookForOthers, remembered, written } from './remembered.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forsat-remembered-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const opened = () => {
  const path = join(folder, 'read.db')
  const db = openForWriting(path)
  db.exec(`CREATE TABLE IF NOT EXISTS stage (name TEXT); INSERT INTO stage VALUES ('New')`)
  return { db, path }
}

const nameIn = (db: ReturnType<typeof openForWriting>) =>
  remembered(db, 'catalogue', 'stage', () => db.prepare('SELECT name FROM stage').get()?.['name'])

test('what was found is found again without asking, until this process says that it wrote it', () => {
  const { db } = opened()
  lookForOthers(db)
  expect(nameIn(db)).toBe('New')
  db.exec(`UPDATE stage SET name = 'Open'`)
  written(db, 'contacts')
  expect(nameIn(db)).toBe('New')
  written(db, 'catalogue')
  expect(nameIn(db)).toBe('Open')
  db.close()
})

test('what another process wrote is seen at the next look', () => {
  const { db, path } = opened()
  lookForOthers(db)
  expect(nameIn(db)).toBe('New')
  const other = openForWriting(path)
  other.exec(`UPDATE stage SET name = 'Theirs'`)
  other.close()
  lookForOthers(db)
  expect(nameIn(db)).toBe('Theirs')
  db.close()
})

test('nothing is remembered on a connection that nobody looks after', () => {
  const { db } = opened()
  expect(nameIn(db)).toBe('New')
  db.exec(`UPDATE stage SET name = 'Open'`)
  expect(nameIn(db)).toBe('Open')
  db.close()
})
