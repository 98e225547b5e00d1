/**
 * A slice of a page is as many of its events as can be applied and written in a short time, so that
 * nothing else waits long for the thread.
 *
 * @module
 */
import type { Position, RecordedEvent, StoredEvent } from '@forsat/event-store'
import type { ProjectionTables } from './tables/projection-tables.ts'

/** How long a slice takes, applied and written. */
const sliceMs = 12

/** Tables, and up to where they have seen the log. */
interface Target {
  readonly position: Position
  readonly tables: ProjectionTables
}

/** An event that could not be read or applied. Projecting stops before it: a log has no gaps. */
export class UnreadableEvent extends Error {
  readonly position: Position
  constructor({ position, type, stream }: StoredEvent, cause: unknown) {
    super(`the event ${type} of ${stream} cannot be projected: ${messageOf(cause)}`, { cause })
    this.name = 'UnreadableEvent'
    this.position = position
  }
}

export interface Slicer {
  /**
   * Applies events from an index on until it is time to write them, and answers the index behind the
   * last one. After an error the tables hold half an event: forget them.
   */
  apply(page: readonly StoredEvent[], from: number, targets: readonly Target[], to?: number): number
  /** Writes what was applied. What that takes is left of the time for the next slice. */
  write<Result>(work: () => Result): Result
}

export const slicer = (read: (stored: StoredEvent) => RecordedEvent): Slicer => {
  /** The part of a slice's time in which events are applied. */
  let share = 0.3
  let appliedMs = 0

  return {
    apply: (page, from, targets, to = page.length) => {
      const start = performance.now()
      const end = start + sliceMs * share
      let index = from
      while (index < to && (index === from || performance.now() < end)) {
        const stored = page[index]
        if (stored === undefined) break
        try {
          const event = read(stored)
          for (const { position, tables } of targets) {
            if (event.position > position) tables.apply(event)
          }
        } catch (error) {
          throw new UnreadableEvent(stored, error)
        }
        index += 1
      }
      appliedMs = performance.now() - start
      return index
    },
    write: (work) => {
      const start = performance.now()
      const result = work()
      const writtenMs = performance.now() - start
      share = Math.min(0.8, Math.max(0.1, appliedMs / (appliedMs + writtenMs)))
      return result
    },
  }
}

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : JSON.stringify(error)
