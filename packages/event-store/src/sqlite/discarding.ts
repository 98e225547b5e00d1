/**
 * How sealed parts are removed, so that their bytes are in no file any longer: neither in the rows,
 * nor in the space they leave, nor in the write-ahead log.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import type { Position } from '../port.ts'

/** Positions gone through in one transaction, so that others get their turn. */
const stride = 20_000

/** How long readers may keep the write-ahead log from being emptied, and how often they are asked. */
const patienceMs = 5000
const pauseMs = 20

type Write = <Result>(work: () => Result) => Promise<Result>

export const discarding = (db: DatabaseSync, write: Write, head: () => Position) => {
  const remove = db.prepare(
    `DELETE FROM event_sealed WHERE pos > ? AND pos <= ? 
       AND key_id IN (SELECT value FROM json_each(?))`,
  )
  return async (keyIds: readonly string[]): Promise<void> => {
    if (keyIds.length === 0) return
    const wanted = JSON.stringify(keyIds)
    const last = head()
    for (let after = 0; after < last; after += stride) {
      await write(() => remove.run(after, after + stride, wanted))
    }
    await emptyLog(db)
  }
}

/** Moves all of the write-ahead log into the database, and leaves the log empty. */
const emptyLog = async (db: DatabaseSync): Promise<void> => {
  const since = performance.now()
  for (;;) {
    if (!db.isTransaction) {
      const { busy } = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() ?? {}
      if (busy === 0) return
    }
    if (performance.now() - since > patienceMs) {
      throw new Error('others read the store all the time, so its write-ahead log is not emptied')
    }
    await setTimeout(pauseMs)
  }
}
