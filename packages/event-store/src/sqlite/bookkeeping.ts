/**
 * What the store remembers beside events: answers to commands, and how far each policy has come.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import type { CommandMemory, CommandRecord, PolicyCheckpoints } from '../port.ts'
import { keptFor } from '../retention.ts'
import { patiently } from './connection.ts'

/** The rows of commands, for use inside a transaction. */
export interface CommandTable {
  readonly find: (scope: string, key: string) => CommandRecord | undefined
  readonly insert: (record: CommandRecord) => void
  /** Drops some of those before; false once there is none. */
  readonly dropSome: (before: string) => boolean
}

export const commandTable = (db: DatabaseSync, clock: { now(): string }): CommandTable => {
  const find = db.prepare(
    'SELECT request_hash AS requestHash, outcome FROM command WHERE scope = ? AND key = ?',
  )
  const insert = db.prepare(
    'INSERT INTO command (scope, key, request_hash, outcome, at) VALUES (?, ?, ?, ?, ?)',
  )
  const drop = db.prepare(
    `DELETE FROM command WHERE (scope, key) IN
       (SELECT scope, key FROM command WHERE at < ? ORDER BY at LIMIT 1000)`,
  )
  return {
    find: (scope, key) => {
      const row = find.get(scope, key) as
        | { readonly requestHash: string; readonly outcome: string }
        | undefined
      return row && { scope, key, requestHash: row.requestHash, outcome: row.outcome }
    },
    insert: ({ scope, key, requestHash, outcome }) => {
      insert.run(scope, key, requestHash, outcome, clock.now())
    },
    dropSome: (before) => Number(drop.run(before).changes) > 0,
  }
}

type Write = <Result>(work: () => Result) => Promise<Result>

export const commandMemory = (
  db: DatabaseSync,
  table: CommandTable,
  write: Write,
  clock: { now(): string },
): CommandMemory => ({
  find: async (scope, key) => patiently(db, () => table.find(scope, key)),
  remember: (record) =>
    write(() => {
      const first = table.find(record.scope, record.key)
      if (first === undefined) table.insert(record)
      return first ?? { ...record }
    }),
  forget: async (before) => {
    const limit = keptFor(before, clock.now())
    while (await write(() => table.dropSome(limit)));
  },
})

export const policyCheckpoints = (db: DatabaseSync, write: Write): PolicyCheckpoints => {
  const find = db.prepare('SELECT position FROM policy WHERE name = ?')
  const save = db.prepare(
    `INSERT INTO policy (name, position) VALUES (?, ?)
     ON CONFLICT (name) DO UPDATE SET position = excluded.position
       WHERE excluded.position > position`,
  )
  return {
    find: async (policy) => {
      const row = patiently(db, () => find.get(policy))
      return (row as { readonly position: number } | undefined)?.position
    },
    save: (policy, position) =>
      write(() => {
        save.run(policy, position)
      }),
  }
}
