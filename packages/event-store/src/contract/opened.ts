import type { EventStore } from '../port.ts'

/** A new, empty store for one test, thrown away with it. */
export interface OpenedStore extends AsyncDisposable {
  readonly store: EventStore
  /** Closes it and opens the same log again; absent where a log does not outlive its store. */
  readonly reopen?: () => Promise<EventStore>
  /** A second store on the same log, as another process would have; absent where there is none. */
  readonly another?: () => Promise<EventStore>
  /** Events are stamped by a clock that no test can set. */
  readonly hasOwnClock?: boolean
}

export interface OpenOptions {
  /** For stores that stamp events by themselves. */
  readonly clock?: { now(): string }
}

export type OpenStore = (options?: OpenOptions) => Promise<OpenedStore>
