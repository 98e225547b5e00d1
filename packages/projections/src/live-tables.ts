/**
 * The tables in use, as the one process that projects keeps them up: rows and checkpoints go into
 * one transaction, and only if nobody moved the checkpoints meanwhile.
 *
 * @module
 */

import { setImmediate as breath } from 'node:timers/promises'
import type { EventStore, Position, RecordedEvent, StoredEvent } from '@forsat/event-store'
import { type Checkpoint, checkpoints, isUsable, moveCheckpoint } from './bookkeeping.ts'
import { leavingNothing, transaction } from './database.ts'
import type { ReadModelFile } from './file.ts'
import { holderOf } from './lease.ts'
import type { Projection } from './projection.ts'
import { isErasure, nextErasure, type OnErasure, purge } from './purging.ts'
import { written } from './remembered.ts'
import { slicer, UnreadableEvent } from './slice.ts'
import { type ProjectionTables, projectionTables } from './tables/projection-tables.ts'

/** Another process projects now, or a rebuild put other tables in place: begin again from the file. */
export class Overtaken extends Error {
  constructor() {
    super('the read models were taken over')
    this.name = 'Overtaken'
  }
}

interface LiveProjection {
  readonly checkpoint: Checkpoint
  readonly position: number
  readonly tables: ProjectionTables
}

export interface LiveTables {
  /** From where the log has to be read. `undefined` where no table is in use. */
  readonly position: number | undefined
  /** How far each is. */
  readonly positions: ReadonlyMap<string, Position>
  /** Applies a page in slices; after each the thread is free for others. */
  apply(page: readonly StoredEvent[], signal: AbortSignal): Promise<void>
}

export const liveTables = ({
  file: { writer: db },
  store,
  projections,
  read,
  onErasure,
  lease: { name, owner },
  onSaved,
}: {
  readonly file: ReadModelFile
  readonly store: Pick<EventStore, 'readStream'>
  readonly projections: readonly Projection[]
  readonly read: (stored: StoredEvent) => RecordedEvent
  readonly onErasure: OnErasure
  readonly lease: { readonly name: string; readonly owner: string }
  readonly onSaved: () => void
}): LiveTables => {
  const known = checkpoints(db)
  let live: readonly LiveProjection[] = projections.flatMap((projection) => {
    const checkpoint = known.get(projection.name)
    if (!isUsable(checkpoint, projection)) return []
    const tables = projectionTables(db, projection, checkpoint.generation)
    return [{ checkpoint, position: checkpoint.position, tables }]
  })

  const slices = slicer(read)

  const forget = () => {
    for (const { tables } of live) tables.forget()
  }

  /** Whether a rebuild put other tables in place: reading from ours fails then, and means nothing. */
  const tablesAreReplaced = () => {
    const now = checkpoints(db)
    return live.some(
      ({ checkpoint: { name: of, generation } }) => now.get(of)?.generation !== generation,
    )
  }

  const save = async ({ position, id: eventId }: StoredEvent, signal: AbortSignal) => {
    const behind = live.filter((each) => each.position < position)
    await transaction(
      db,
      () => {
        if (holderOf(db, name)?.owner !== owner) throw new Overtaken()
        // Checkpoints go first: where they tell of other tables, ours are gone and cannot be written.
        for (const { checkpoint, position: seen } of behind) {
          const { name: projection, generation } = checkpoint
          const from = { name: projection, generation, position: seen }
          if (!moveCheckpoint(db, from, { position, eventId })) throw new Overtaken()
        }
        slices.write(() => {
          for (const { checkpoint, tables } of behind) {
            if (tables.write()) written(db, checkpoint.name)
          }
        })
      },
      signal,
    )
    live = live.map((each) => (each.position < position ? { ...each, position } : each))
    onSaved()
  }

  return {
    get position() {
      return live.length === 0 ? undefined : Math.min(...live.map(({ position }) => position))
    },
    get positions() {
      return new Map(live.map(({ checkpoint, position }) => [checkpoint.name, position]))
    },
    apply: async (page, signal) => {
      let [index, end] = [0, page.length]
      let unreadable: UnreadableEvent | undefined
      while (index < end) {
        try {
          const first = page[index]
          const erasing = first !== undefined && isErasure(first)
          if (erasing) await purge(first, live, { store, read, onErasure })
          const next = slices.apply(page, index, live, Math.min(end, nextErasure(page, index)))
          const last = page[next - 1]
          const saved = async () => {
            if (last !== undefined) await save(last, signal)
          }
          await (erasing ? leavingNothing(db, saved) : saved())
          index = next
        } catch (error) {
          forget()
          if (tablesAreReplaced()) throw new Overtaken()
          if (!(error instanceof UnreadableEvent)) throw error
          // What stands before it is good: it is applied once more, up to there.
          unreadable = error
          end = page.findIndex(({ position }) => position === error.position)
        }
        await breath()
      }
      if (unreadable !== undefined) throw unreadable
    },
  }
}
