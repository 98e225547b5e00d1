/**
 * A replay makes read models of a past in memory: of the events that were recorded, or had occurred,
 * by then.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as breath } from 'node:timers/promises'
import type { EventStore, Position, RecordedEvent, StoredEvent } from '@forsat/event-store'
import { prepareFile } from './bookkeeping.ts'
import { inMemory, openForWriting, transaction } from './database.ts'
import type { Projection } from './projection.ts'
import { type At, belongs } from './queries/at.ts'
import { slicer } from './slice.ts'
import { projectionTables } from './tables/projection-tables.ts'

export interface Replayed {
  readonly db: DatabaseSync
  /** Of the last event that was read, whether or not it belongs to the past asked for. */
  readonly position: Position
}

/** The caller closes the database. */
export const replayed = async (
  {
    store,
    read,
    projections,
  }: {
    readonly store: Pick<EventStore, 'readLog'>
    readonly read: (stored: StoredEvent) => RecordedEvent
    readonly projections: readonly Projection[]
  },
  at: At,
): Promise<Replayed> => {
  const db = openForWriting(inMemory)
  await transaction(db, () => prepareFile(db, projections))
  const targets = projections.map((projection) => ({
    position: 0,
    tables: projectionTables(db, projection, 1),
  }))
  const slices = slicer(read)
  const write = () =>
    slices.write(() => {
      for (const { tables } of targets) tables.write()
    })
  let position = 0
  const upTo = at.position === undefined ? {} : { to: at.position }
  for await (const page of store.readLog(upTo)) {
    position = page.at(-1)?.position ?? position
    const wanted = page.filter((stored) => belongs(stored, at))
    for (let index = 0; index < wanted.length; ) {
      index = slices.apply(wanted, index, targets)
      await transaction(db, write)
      await breath()
    }
  }
  db.prepare('UPDATE forsat_projection SET position = ?').run(position)
  return { db, position }
}
