/**
 * Scrubbing leaves nothing in a file of what was deleted from it: pages that came free are
 * overwritten, and the write-ahead log is emptied. Dropped tables of earlier generations are in those.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { endReading, transaction } from './database.ts'

/** Pages overwritten in one transaction, so that others get their turn. */
const stride = 256

/** How long readers may keep the write-ahead log from being emptied, and how often they are asked. */
const patienceMs = 5000
const pauseMs = 20

const numberIn = (db: DatabaseSync, pragma: string): number =>
  Number(Object.values(db.prepare(`PRAGMA ${pragma}`).get() ?? {})[0])

export const scrubbed = async (db: DatabaseSync): Promise<void> => {
  // New rows take the free pages first.
  while (await transaction(db, () => overwriteSome(db)));
  await transaction(db, () => db.exec('DROP TABLE IF EXISTS forsat_blank'))
  await emptyLog(db)
}

/** False once no page is free. */
const overwriteSome = (db: DatabaseSync): boolean => {
  const free = numberIn(db, 'freelist_count')
  if (free === 0) return false
  db.exec('CREATE TABLE IF NOT EXISTS forsat_blank (blank BLOB)')
  // A page of a large value holds a little less than it has.
  const bytes = Math.min(free, stride) * (numberIn(db, 'page_size') - 4)
  db.prepare('INSERT INTO forsat_blank VALUES (zeroblob(?))').run(bytes)
  return true
}

const emptyLog = async (db: DatabaseSync): Promise<void> => {
  const since = performance.now()
  for (;;) {
    endReading(db)
    const { busy } = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() ?? {}
    if (busy === 0) return
    if (performance.now() - since > patienceMs) {
      throw new Error('others read the read models all the time, so their log is not emptied')
    }
    await pause(pauseMs)
  }
}
