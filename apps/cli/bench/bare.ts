/**
 * The ceiling: bare `node:sqlite` with the same table, the same indexes and guards, and the same
 * durability, given texts that are ready.
 *
 * @module
 */
import { DatabaseSync, type StatementSync } from 'node:sqlite'

const schema = `
CREATE TABLE event (
  pos INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, stream TEXT NOT NULL, rev INTEGER NOT NULL,
  type TEXT NOT NULL, company TEXT, occurred TEXT NOT NULL, recorded TEXT NOT NULL,
  actor TEXT NOT NULL, on_behalf_of TEXT, corr TEXT NOT NULL, cause TEXT, sealed INTEGER NOT NULL,
  data TEXT NOT NULL, salt BLOB NOT NULL, env TEXT NOT NULL, UNIQUE (stream, rev)
) STRICT`

export type BareRow = readonly (string | number | null | Uint8Array)[]

export interface Bare extends Disposable {
  readonly db: DatabaseSync
  readonly insert: StatementSync
  /** One transaction, durable when it returns. */
  readonly commit: (rows: readonly BareRow[]) => void
}

export const bare = (path: string): Bare => {
  const db = new DatabaseSync(path)
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  db.exec(schema)
  const insert = db.prepare(`INSERT INTO event VALUES (${Array(16).fill('?').join(', ')})`)
  return {
    db,
    insert,
    commit: (rows) => {
      db.exec('BEGIN IMMEDIATE')
      for (const row of rows) insert.run(...row)
      db.exec('COMMIT')
    },
    [Symbol.dispose]: () => db.close(),
  }
}
