/**
 * What is read from the log itself: single records of a past, timelines, raw events.
 *
 * @module
 */
import type { EventStore, RecordedEvent, StoredEvent } from '@forsat/event-store'
import { type At, belongs } from './at.ts'

export interface LogReader {
  readonly store: Pick<EventStore, 'readStream' | 'readLog'>
  readonly read: (stored: StoredEvent) => RecordedEvent
}

/** The events of one stream that belong to a past. */
export const streamEvents = async (
  { store, read }: LogReader,
  stream: string,
  at: At = {},
): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = []
  for await (const page of store.readStream(stream)) {
    for (const stored of page) if (belongs(stored, at)) events.push(read(stored))
  }
  return events
}
