import type { StoredEvent } from '@forsat/event-store'

/**
 * Which past is asked for. Absent: what is known now. An empty one asks single records of the log
 * itself, however far read models are.
 */
export interface At {
  /** Up to this event. */
  readonly position?: number | undefined
  /** Recorded by then. */
  readonly asOf?: string | undefined
  /** Occurred by then, as known now or at `asOf`. */
  readonly effectiveAt?: string | undefined
}

/** A past of one record: that of the log, or the one in which it had this revision. */
export interface Moment extends At {
  readonly revision?: number | undefined
}

/** Whether an event belongs to the past asked for. */
export const belongs = (
  event: Pick<StoredEvent, 'position' | 'revision' | 'recordedAt' | 'occurredAt'>,
  { position, asOf, effectiveAt, revision }: Moment,
): boolean =>
  (revision === undefined || event.revision <= revision) &&
  (position === undefined || event.position <= position) &&
  (asOf === undefined || event.recordedAt <= asOf) &&
  (effectiveAt === undefined || event.occurredAt <= effectiveAt)
