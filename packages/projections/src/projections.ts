/**
 * The read models of one log: kept up by following it, asked by queries, thrown away and made anew
 * at will.
 *
 * @module
 */
import type { EventStore, Position, RecordedEvent, StoredEvent } from '@forsat/event-store'
import type { Either } from 'fp-ts/lib/Either.js'
import type { Queries } from './queries/queries.ts'
import type { ProjectionStatus } from './views/status.ts'

/** How a worker opens the log for a rebuild, in words that can be sent to it. */
export interface RebuildSource {
  /** The address of a module that exports `openRebuildSource(args)`. */
  readonly module: string
  /** Handed to it as it is; whatever can be cloned. */
  readonly args: unknown
}

/** What `openRebuildSource` of that module answers: the log for reading, and how to open an event. */
export interface RebuildLog extends AsyncDisposable {
  readonly store: Pick<EventStore, 'readLog' | 'head'>
  readonly read: (stored: StoredEvent) => RecordedEvent
}

export interface ProjectionsOptions {
  readonly store: EventStore
  /** Opens a stored event; throws where it cannot be read. */
  readonly read: (stored: StoredEvent) => RecordedEvent
  /** The file of the read models, or `:memory:`. */
  readonly path: string
  /** Rebuilds go on in a worker that opens the log this way; without it, here in small steps. */
  readonly rebuildSource?: RebuildSource
  /** What cursors are sealed with, so that nobody else makes one; 32 bytes. */
  readonly cursorKey?: Uint8Array
}

export interface Waiting {
  readonly timeoutMs: number
  /** Which read models; by default all. */
  readonly projections?: readonly string[]
}

/** A rebuild that was done: nothing of the old copy is left. */
export interface Rebuilt {
  readonly projections: readonly string[]
  readonly position: Position
}
/** Why there was no rebuild. */
export type RebuildRefusal =
  | { readonly type: 'ProjectionUnknown'; readonly name: string }
  | { readonly type: 'RebuildRunning'; readonly projections: readonly string[] }

export interface Digest {
  /** SHA-256 over all rows of all tables in the order of their keys, in hex. */
  readonly digest: string
  readonly projections: Readonly<Record<string, string>>
}

export interface SqlAnswer {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number | bigint | null | Uint8Array)[])[]
}

export interface Projections extends AsyncDisposable {
  readonly query: Queries
  /** Whether the read models came as far in time. */
  waitFor(position: Position, waiting: Waiting): Promise<boolean>
  status(): Promise<readonly ProjectionStatus[]>
  /** Makes read models anew, all if none is named. A second call joins a running rebuild. */
  rebuild(names?: readonly string[]): Promise<Either<RebuildRefusal, Rebuilt>>
  digest(): Promise<Digest>
  /** Answers one SELECT over the read models; whatever would change something is refused. */
  sql(query: string): SqlAnswer
}
