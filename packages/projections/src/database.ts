/**
 * How a file of read models is opened and written. A waiting SQLite call blocks the whole process, so
 * nothing here waits inside one: a lock that is held is tried again later.
 *
 * @module
 */
import { statSync } from 'node:fs'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'

export const inMemory = ':memory:'

/** How long opening may wait for another process that is just making the file, in milliseconds. */
const openTimeoutMs = 5000

export const openForWriting = (path: string): DatabaseSync => {
  const db = new DatabaseSync(path, { timeout: openTimeoutMs })
  if (path !== inMemory) {
    const { journal_mode: mode } = db.prepare('PRAGMA journal_mode').get() ?? {}
    if (mode !== 'wal') db.exec('PRAGMA journal_mode = WAL')
    // What is deleted leaves no bytes in a page that is in use.
    db.exec('PRAGMA secure_delete = FAST')
    // Losing the last rows in a power cut is fine: their checkpoint is lost with them.
    db.exec('PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768; PRAGMA busy_timeout = 0')
  }
  return db
}

export const openForReading = (path: string): DatabaseSync => {
  const db = new DatabaseSync(path, { readOnly: true, timeout: openTimeoutMs })
  db.exec('PRAGMA query_only = ON')
  return db
}

const statements = new WeakMap<DatabaseSync, Map<string, StatementSync>>()

/** How many statements a connection keeps: lists can be asked in more ways than are worth keeping. */
const mostStatements = 200

/** The statement of a connection for SQL that is used again and again. */
export const prepared = (db: DatabaseSync, sql: string): StatementSync => {
  const known = statements.get(db) ?? new Map<string, StatementSync>()
  statements.set(db, known)
  const statement = known.get(sql) ?? db.prepare(sql)
  // A map remembers the order of insertion: the first is the one not used for longest.
  known.delete(sql)
  known.set(sql, statement)
  const [oldest] = known.size > mostStatements ? known.keys() : []
  if (oldest !== undefined) known.delete(oldest)
  return statement
}

/**
 * Lets all that is read on a connection in this turn of the event loop be read from one state. A lock
 * for each question would cost more than most answers do. True for whoever begins.
 */
export const readAtOnce = (db: DatabaseSync): boolean => {
  if (db.isTransaction) return false
  prepared(db, 'BEGIN').run()
  setImmediate(() => {
    if (db.isOpen) endReading(db)
  })
  return true
}

/** What is open between two pieces of synchronous work is never a write. */
export const endReading = (db: DatabaseSync): void => {
  if (db.isTransaction) prepared(db, 'COMMIT').run()
}

const busy = 5

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === busy

/**
 * Runs synchronous work in a write transaction. What it returns is kept; what it throws undoes it.
 * While another writer holds the lock it is asked for again after a moment, never waited for.
 */
export const transaction = async <Result>(
  db: DatabaseSync,
  work: () => Result,
  signal?: AbortSignal,
): Promise<Result> => {
  for (;;) {
    signal?.throwIfAborted()
    try {
      endReading(db)
      prepared(db, 'BEGIN IMMEDIATE').run()
      break
    } catch (error) {
      if (!isBusy(error)) throw error
      await pause(1 + Math.random() * 4, undefined, { signal })
    }
  }
  try {
    const result = work()
    prepared(db, 'COMMIT').run()
    return result
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}

/** Does work that leaves no bytes of what it deletes in pages that come free either; that takes longer. */
export const leavingNothing = async <Result>(
  db: DatabaseSync,
  work: () => Promise<Result>,
): Promise<Result> => {
  db.exec('PRAGMA secure_delete = ON')
  try {
    return await work()
  } finally {
    if (db.isOpen) db.exec('PRAGMA secure_delete = FAST')
  }
}

/** What tells a file from another that took its place; `undefined` once it is gone. */
export const fileIdentity = (path: string): string | undefined => {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
  return stat && `${stat.dev}:${stat.ino}`
}
