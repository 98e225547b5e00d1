/**
 * The work of a rebuild: new tables are filled from the first event on, beside those in use, and take
 * their place once they know as much.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import type { EventStore, Position, RecordedEvent, StoredEvent } from '@forsat/event-store'
import { isBehindUse, takeIntoUse } from './bookkeeping.ts'
import { leavingNothing, transaction } from './database.ts'
import type { Projection } from './projection.ts'
import { isErasure, nextErasure, type OnErasure, purge } from './purging.ts'
import { slicer } from './slice.ts'
import { projectionTables } from './tables/projection-tables.ts'

export interface Building {
  readonly projection: Projection
  /** The generation its new tables have. */
  readonly generation: number
}

export interface RebuildJob {
  readonly db: DatabaseSync
  readonly buildings: readonly Building[]
  readonly store: Pick<EventStore, 'readLog' | 'readStream'>
  readonly read: (stored: StoredEvent) => RecordedEvent
  readonly onErasure: OnErasure
  readonly signal?: AbortSignal
}

/** Left free between two writes, so that whoever writes the tables in use gets his turn. */
const restMs = 2

/** Fills the new tables and takes them into use; answers how far they are then. */
export const runRebuild = async (job: RebuildJob): Promise<Position> => {
  const { db, buildings, store, read, onErasure, signal } = job
  const targets = buildings.map(({ projection, generation }) => ({
    position: 0,
    tables: projectionTables(db, projection, generation),
  }))
  let last: StoredEvent | undefined

  const slices = slicer(read)
  const write = () =>
    slices.write(() => {
      for (const { tables } of targets) tables.write()
    })

  const fill = async () => {
    for await (const page of store.readLog({ after: last?.position ?? 0 })) {
      for (let index = 0; index < page.length; ) {
        const first = page[index]
        const erasing = first !== undefined && isErasure(first)
        if (erasing) await purge(first, targets, { store, read, onErasure })
        index = slices.apply(page, index, targets, nextErasure(page, index))
        last = page[index - 1]
        const written = () => transaction(db, write, signal)
        await (erasing ? leavingNothing(db, written) : written())
        await pause(restMs, undefined, { signal })
      }
    }
  }

  /** Whoever follows the log may be a few events further already: then what is left is read first. */
  const swap = (): boolean => {
    const position = last?.position ?? 0
    if (buildings.some(({ projection }) => isBehindUse(db, projection, position))) return false
    for (const { projection, generation } of buildings) {
      takeIntoUse(db, projection, generation, { position, eventId: last?.id })
    }
    return true
  }

  do await fill()
  while (!(await transaction(db, swap, signal)))
  return last?.position ?? 0
}
