/**
 * Reading pages of the log as the ledger has it.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import type { LogEntry, Position, SealedPart } from '../port.ts'
import { patiently } from './connection.ts'

interface EntryRow {
  readonly pos: number
  readonly env: string
  readonly data: string
  readonly salt: Uint8Array
}

interface BoxRow extends SealedPart {
  readonly pos: number
}

export const entryPages = (db: DatabaseSync) => {
  const entries = db.prepare(
    'SELECT pos, env, data, salt FROM event WHERE pos > ? AND pos <= ? ORDER BY pos LIMIT ?',
  )
  const boxes = db.prepare(
    `SELECT pos, subject, purpose, key_id AS keyId, iv, ct AS ciphertext, tag, commitment
       FROM event_sealed WHERE pos > ? AND pos <= ? ORDER BY pos, subject, purpose`,
  )
  return (after: Position, to: Position, size: number): readonly LogEntry[] =>
    patiently(db, () => {
      const rows = entries.all(after, to, size) as unknown as readonly EntryRow[]
      const last = rows.at(-1)
      if (last === undefined) return []
      const sealed = Map.groupBy(
        boxes.all(after, last.pos) as unknown as readonly BoxRow[],
        ({ pos }) => pos,
      )
      return rows.map(({ pos, env, data, salt }) => ({
        position: pos,
        envelope: env,
        data,
        salt,
        sealed: (sealed.get(pos) ?? []).map(({ pos: _there, ...part }) => part),
      }))
    })
}
