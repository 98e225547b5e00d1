/**
 * What an erasure does to read models: before anything behind it is read, the rows of its records are
 * made anew from their events, which tell of nobody any longer.
 *
 * @module
 */
import type { EventStore, RecordedEvent, StoredEvent } from '@forsat/event-store'
import type { ProjectionTables } from './tables/projection-tables.ts'

/** Told of an erasure before its records are read again: the keys that it names must open nothing. */
export type OnErasure = (erased: RecordedEvent) => Promise<void>

export const isErasure = ({ type }: StoredEvent): boolean => type.startsWith('PersonalDataErased.')

/** The index of the first erasure behind another one; the length of the page where there is none. */
export const nextErasure = (page: readonly StoredEvent[], after: number): number => {
  const index = page.findIndex((stored, place) => place > after && isErasure(stored))
  return index < 0 ? page.length : index
}

interface Target {
  /** How far its tables have seen the log. */
  readonly position: number
  readonly tables: ProjectionTables
}

export interface Purging {
  readonly store: Pick<EventStore, 'readStream'>
  readonly read: (stored: StoredEvent) => RecordedEvent
  readonly onErasure: OnErasure
}

/** Every event before the erasure has been applied to the targets; what changes is not yet written. */
export const purge = async (
  stored: StoredEvent,
  targets: readonly Target[],
  { store, read, onErasure }: Purging,
): Promise<void> => {
  const erased = read(stored)
  await onErasure(erased)
  const events: RecordedEvent[] = []
  for (const record of recordsIn(erased)) {
    for await (const page of store.readStream(record)) {
      events.push(...page.filter(({ position }) => position < stored.position).map(read))
    }
  }
  const inOrder = events.toSorted((a, b) => a.position - b.position)
  for (const { position, tables } of targets) {
    if (position < stored.position) tables.renew(inOrder)
  }
}

const recordsIn = ({ event: { data } }: RecordedEvent): readonly string[] =>
  'records' in data && Array.isArray(data.records) ? data.records.map(String) : []
