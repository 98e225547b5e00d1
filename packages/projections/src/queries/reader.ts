/**
 * The connection that questions are asked on.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { compareKey } from '@forsat/domain'
import { prepared, readAtOnce } from '../database.ts'
import type { Projection } from '../projection.ts'
import { lookForOthers, remembered } from '../remembered.ts'

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

/**
 * The connection, once it is sure that the tables are those this code knows how to ask. All that is
 * asked in the same turn is asked of one state.
 */
export const readerOf = (db: DatabaseSync, projections: readonly Projection[]): DatabaseSync => {
  if (readAtOnce(db)) lookForOthers(db)
  const versions = remembered(db, 'forsat', 'versions', () => versionsIn(db))
  for (const { name, version } of projections) {
    if (versions.get(name) !== version) throw new ReadModelNotReady(name)
  }
  return taught(db)
}

const versionsIn = (db: DatabaseSync): ReadonlyMap<string, number> =>
  new Map(
    prepared(db, 'SELECT name, version FROM forsat_projection')
      .all()
      .map((row) => [String(row['name']), Number(row['version'])]),
  )
