/**
 * A recorded event is an event of the domain with what the log knows about it: what projections and
 * answers are made of.
 *
 * @module
 */
import type { Position, Revision } from './port.ts'

export interface RecordedEvent<Event = { readonly type: string; readonly data: object }> {
  readonly position: Position
  readonly id: string
  readonly stream: string
  /** The part of `stream` before the first dash. */
  readonly category: string
  /** The part of `stream` behind it: the record's own id. */
  readonly subject: string
  readonly revision: Revision
  readonly company: string | undefined
  readonly occurredAt: string
  readonly recordedAt: string
  readonly actor: string
  readonly onBehalfOf: string | undefined
  readonly correlationId: string
  readonly causationId: string | undefined
  readonly event: Event
  /** The stored version, 1 for `OpportunityWon.v1`. */
  readonly version: number
}
