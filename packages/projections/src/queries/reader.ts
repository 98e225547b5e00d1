/**
 * The connection that questions are asked on.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { compareKey } from '@forsat/domain'
import { prepared } from '../database.ts'
import type { Projection } from '../projection.ts'

/** The read model is of another version, and is being made anew. */
export class ReadModelNotReady extends Error {
  readonly projection: string
  constructor(projection: string) {
    super(`the read model ${projection} is being made anew`)
    this.name = 'ReadModelNotReady'
    this.projection = projection
  }
}

const known = new WeakSet<DatabaseSync>()

/** Teaches a connection what our conditions call. */
export const taught = (db: DatabaseSync): DatabaseSync => {
  if (!known.has(db)) {
    db.function('compare_key', { deterministic: true }, (text) =>
      typeof text === 'string' ? compareKey(text) : text,
    )
    known.add(db)
  }
  return db
}

/** The connection, once it is sure that the tables are those this code knows how to ask. */
export const readerOf = (db: DatabaseSync, projections: readonly Projection[]): DatabaseSync => {
  for (const projection of projections) {
    const row = prepared(db, 'SELECT version FROM forsat_projection WHERE name = ?').get(
      projection.name,
    )
    if (row?.['version'] !== projection.version) throw new ReadModelNotReady(projection.name)
  }
  return taught(db)
}

/** Runs several questions on one state of the read models. */
export const atOnce = <Result>(db: DatabaseSync, ask: () => Result): Result => {
  if (db.isTransaction) return ask()
  db.exec('BEGIN')
  try {
    return ask()
  } finally {
    db.exec('COMMIT')
  }
}
