/**
 * A slice of a page is as many of its events as can be applied in a short time, so that nothing else
 * waits long for the thread.
 *
 * @module
 */
import type { Position, RecordedEvent, StoredEvent } from '@forsat/event-store'
import type { ProjectionTables } from './tables/projection-tables.ts'

/** How long events are applied before they are written, which takes about as long again. */
const sliceMs = 8

/** Tables, and up to where they have seen the log. */
export interface Target {
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

/**
 * Applies events from an index on until the time is up, and answers the index behind the last one.
 * After an error the tables hold half an event: forget them.
 */
export const applySlice = (
  page: readonly StoredEvent[],
  from: number,
  targets: readonly Target[],
  read: (stored: StoredEvent) => RecordedEvent,
  to = page.length,
): number => {
  const end = performance.now() + sliceMs
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
  return index
}

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : JSON.stringify(error)
