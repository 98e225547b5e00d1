/**
 * Connections to the store's file, opened in the one order that gives no lock errors.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StoreUnreachable } from '../store-errors.ts'

/** How long opening may wait for others who open or close; it blocks the process meanwhile. */
const openingMs = 5000

/** Of the file at most, by who only reads. */
const mappedBytes = 2 ** 30

/**
 * The time-out is named before any other word is said to the file, and the journal is asked before
 * it is set: another order fails now and then while others open or close. Afterwards nothing waits
 * inside SQLite, for that would block the whole process; writers try again by themselves.
 */
export const connect = (
  path: string,
  { readOnly }: { readonly readOnly: boolean },
): DatabaseSync => {
  if (!existsSync(dirname(path))) throw new StoreUnreachable(`There is no folder ${dirname(path)}.`)
  if (readOnly && !existsSync(path)) throw new StoreUnreachable(`There is no file ${path}.`)
  try {
    const db = new DatabaseSync(path, { readOnly, timeout: openingMs })
    try {
      useWriteAheadLog(db, path, readOnly)
      // The first read may have to mend what a killed process left, or wait for who does.
      isEmpty(db)
      db.exec('PRAGMA synchronous = FULL; PRAGMA cache_size = -16384; PRAGMA busy_timeout = 0')
      // What is deleted leaves no bytes behind.
      if (!readOnly) db.exec('PRAGMA secure_delete = ON')
      // Who reads a log from end to end need not copy each page of it first.
      if (readOnly) db.exec(`PRAGMA mmap_size = ${mappedBytes}`)
      return db
    } catch (error) {
      db.close()
      throw error
    }
  } catch (error) {
    throw unreachable(error, path)
  }
}

const useWriteAheadLog = (db: DatabaseSync, path: string, readOnly: boolean): void => {
  const mode = (statement: string) => db.prepare(statement).get()?.['journal_mode']
  if (mode('PRAGMA journal_mode') === 'wal') return
  const empty = isEmpty(db)
  // Another process may have made the store just now.
  if (mode('PRAGMA journal_mode') === 'wal') return
  // A foreign database is not to be changed, not even its journal.
  if (readOnly || !empty) throw new StoreUnreachable(`${path} is a database, but no event store.`)
  if (mode('PRAGMA journal_mode = WAL') !== 'wal') {
    throw new StoreUnreachable(`${path} lies where no write-ahead log can be kept.`)
  }
}

const isEmpty = (db: DatabaseSync): boolean =>
  db.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.['tables'] === 0

/** What SQLite says about a file, as a sentence; what is no such thing stays as it is. */
export const unreachable = (error: unknown, path: string): unknown => {
  const sentence = sentences[primaryCodeOf(error) ?? 0]
  return sentence === undefined ? error : new StoreUnreachable(sentence(path), error)
}

const sentences: Readonly<Record<number, (path: string) => string>> = {
  5: (path) => `${path} is locked by another process.`,
  8: (path) => `${path} can be read, but not written to.`,
  10: (path) => `The disk that holds ${path} does not answer.`,
  11: (path) => `${path} is damaged: SQLite cannot read it.`,
  13: (path) => `The disk that holds ${path} is full.`,
  14: (path) => `${path} cannot be opened.`,
  26: (path) => `${path} is no database.`,
}

/** SQLite's result code without its extension, if the error is SQLite's. */
const primaryCodeOf = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode % 256
    : undefined

/** Somebody else is writing. */
export const isBusy = (error: unknown): boolean => primaryCodeOf(error) === 5

/**
 * Reading waits for no writer. It may have to wait while another process mends what a killed one
 * left; that is rare and short, so it may wait inside SQLite.
 */
export const patiently = <Result>(db: DatabaseSync, read: () => Result): Result => {
  try {
    return read()
  } catch (error) {
    if (!isBusy(error) || db.isTransaction) throw error
  }
  db.exec(`PRAGMA busy_timeout = ${openingMs}`)
  try {
    return read()
  } finally {
    db.exec('PRAGMA busy_timeout = 0')
  }
}
