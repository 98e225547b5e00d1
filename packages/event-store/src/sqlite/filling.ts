/**
 * Taking a log that began before its tree into one: no row is written anew, and no transaction is
 * long. What a crash leaves half done is gone on with by whoever opens the file next.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { growingTree } from './growing-tree.ts'
import { filling } from './schema.ts'
import { alone } from './writer.ts'

/** Events a transaction. */
const step = 5000

export const filled = async (db: DatabaseSync, path: string): Promise<void> => {
  const isFilling = () =>
    db.prepare(`SELECT value FROM meta WHERE name = 'tree'`).get()?.['value'] === filling
  if (!isFilling()) return
  const rows = db.prepare('SELECT pos, env FROM event WHERE pos > ? ORDER BY pos LIMIT ?')
  rows.setReturnArrays(true)
  const progress = { isDone: false }
  while (!progress.isDone) {
    await alone(db, path, () => {
      // Another process may have finished it.
      progress.isDone = !isFilling()
      if (progress.isDone) return
      const tree = growingTree(db, path)
      const page = rows.all(sizeOf(db), step) as unknown as (readonly [number, string])[]
      for (const [position, envelope] of page) tree.add(envelope, position)
      tree.keep()
      progress.isDone = page.length < step
      if (progress.isDone) db.exec(`DELETE FROM meta WHERE name = 'tree'`)
    })
    await setImmediate()
  }
}

const sizeOf = (db: DatabaseSync): number =>
  Number(db.prepare('SELECT size FROM audit_state').get()?.['size'])
