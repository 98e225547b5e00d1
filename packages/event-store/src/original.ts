/**
 * An original is an event with all that proves it: what nobody needs to read it, and what must not be
 * lost when a log moves to another store.
 *
 * @module
 */
import type { PersonalCommitment } from '@forsat/ledger'
import type { CommandRecord, Metadata, NewEvent, Position, StoredEvent } from './port.ts'

export interface Original {
  readonly stored: StoredEvent
  readonly salt: Uint8Array
  /** Of the plain part. */
  readonly commitment: string
  readonly command: string
  readonly trace: string | undefined
  /** Commitments to all sealed parts, also to those that are gone. */
  readonly personal: readonly PersonalCommitment[]
}

/** A log as something to copy from. */
export interface Originals extends AsyncDisposable {
  /** Behind a position, to the head at the start of the reading. */
  readonly after: (position: Position) => AsyncIterable<readonly Original[]>
  readonly commands: () => Promise<readonly CommandRecord[]>
  readonly policies: () => Promise<
    readonly { readonly policy: string; readonly position: Position }[]
  >
}

/** The same event on its way into another store. */
export const newEventOf = ({ stored, salt, commitment }: Original): NewEvent => ({
  id: stored.id,
  type: stored.type,
  occurredAt: stored.occurredAt,
  data: stored.data,
  salt,
  commitment,
  sealed: stored.sealed,
})

export const metadataOf = ({ stored, command, trace }: Original): Metadata => ({
  ...(stored.company === undefined ? {} : { company: stored.company }),
  actor: stored.actor,
  ...(stored.onBehalfOf === undefined ? {} : { onBehalfOf: stored.onBehalfOf }),
  correlationId: stored.correlationId,
  ...(stored.causationId === undefined ? {} : { causationId: stored.causationId }),
  command,
  ...(trace === undefined ? {} : { trace }),
})
