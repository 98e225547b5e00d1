import type { EventStore, RecordedEvent, StoredEvent } from '@forsat/event-store'
import type { Projection } from './projection.ts'
import type { OnErasure } from './purging.ts'

/** How a worker opens the log for a rebuild, in words that can be sent to it. */
export interface RebuildSource {
  /** The address of a module that exports `openRebuildSource(args)`, which answers a `RebuildLog`. */
  readonly module: string
  /** Handed to it as it is; whatever can be cloned. */
  readonly args: unknown
}

/** The log for reading, and how to open an event. */
export interface RebuildLog extends AsyncDisposable {
  readonly store: Pick<EventStore, 'readLog' | 'readStream'>
  readonly read: (stored: StoredEvent) => RecordedEvent
  readonly onErasure: OnErasure
  /** Other projections than the usual ones. */
  readonly projections?: readonly Projection[]
}
