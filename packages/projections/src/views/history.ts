/**
 * What happened, as it is answered: raw events of the log, and a person's timeline of one record.
 *
 * @module
 */
import * as z from 'zod'
import { Actor, Count, Id, InstantText, Text } from './values.ts'

/** The event as it stands on the wire. `position` is decimal text. */
export const EventView = z
  .strictObject({
    position: z.string(),
    id: Id,
    stream: Text,
    revision: Count,
    type: Text,
    version: Count,
    company: Id.optional(),
    occurredAt: InstantText,
    recordedAt: InstantText,
    actor: Actor,
    onBehalfOf: Text.optional(),
    correlationId: Text,
    causationId: Text.optional(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Event' })
export type EventView = z.infer<typeof EventView>

/** A field as it was and as it became; absent where there was nothing. */
export const Change = z.strictObject({
  field: Text,
  from: z.unknown().optional(),
  to: z.unknown().optional(),
})
export type Change = z.infer<typeof Change>

/** What an entry follows from, where nobody asked for it by hand. */
const Cause = z.strictObject({
  code: z.enum([
    'opportunityLost',
    'opportunityReopened',
    'siblingConfirmed',
    'quotationConfirmed',
    'quotationCancelled',
  ]),
  opportunityId: Id.optional(),
  quotationId: Id.optional(),
  /** The event that brought it about. */
  causedBy: Id.optional(),
})
export type Cause = z.infer<typeof Cause>

export const HistoryEntry = z
  .strictObject({
    id: Id,
    position: z.string(),
    /** Another stream than the record's own where a merge brought its history along. */
    stream: Text,
    revision: Count,
    type: Text,
    actor: Actor,
    onBehalfOf: Text.optional(),
    occurredAt: InstantText,
    recordedAt: InstantText,
    changes: z.array(Change),
    /** Why: of a loss its reason's name then, of a correction or withdrawal what was written. */
    reason: z.unknown().optional(),
    note: z.unknown().optional(),
    cause: Cause.optional(),
  })
  .meta({ id: 'HistoryEntry' })
export type HistoryEntry = z.infer<typeof HistoryEntry>
