/**
 * The ceiling: bare `node:sqlite` with the same table, the same indexes and guards, and the same
 * durability, given texts that are ready.
 *
 * @module
 */
import { DatabaseSync } from 'node:sqlite'

const schema = `
CREATE TABLE event (
  pos INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, stream TEXT NOT NULL, rev INTEGER NOT NULL,
  type TEXT NOT NULL, company TEXT, occurred TEXT NOT NULL, recorded TEXT NOT NULL,
  actor TEXT NOT NULL, on_behalf_of TEXT, corr TEXT NOT NULL, cause TEXT, sealed INTEGER NOT NULL,
  data TEXT NOT NULL, salt BLOB NOT NULL, env TEXT NOT NULL, UNIQUE (stream, rev)
) STRICT;
CREATE TABLE event_sealed (
  pos INTEGER NOT NULL, subject TEXT NOT NULL, purpose TEXT NOT NULL, key_id TEXT NOT NULL,
  iv BLOB NOT NULL, ct BLOB NOT NULL, tag BLOB NOT NULL, commitment TEXT NOT NULL,
  PRIMARY KEY (pos, subject, purpose)
) STRICT, WITHOUT ROWID`

export type BareRow = readonly (string | number | null | Uint8Array)[]

/** An event, and its sealed parts. */
export interface BareEvent {
  readonly event: BareRow
  readonly sealed?: readonly BareRow[]
}

export interface Bare extends Disposable {
  /** One transaction, durable when it returns. */
  readonly commit: (events: readonly BareEvent[]) => void
}

export const bare = (path: string): Bare => {
  const db = new DatabaseSync(path)
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  db.exec(schema)
  const insert = db.prepare(`INSERT INTO event VALUES (${Array(16).fill('?').join(', ')})`)
  const seal = db.prepare(`INSERT INTO event_sealed VALUES (${Array(8).fill('?').join(', ')})`)
  return {
    commit: (events) => {
      db.exec('BEGIN IMMEDIATE')
      for (const { event, sealed = [] } of events) {
        insert.run(...event)
        for (const part of sealed) seal.run(...part)
      }
      db.exec('COMMIT')
    },
    [Symbol.dispose]: () => db.close(),
  }
}
