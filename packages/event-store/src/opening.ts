/**
 * How a stored event becomes readable: its boxes opened where their keys still exist, and what the log
 * knows about it put beside it.
 *
 * @module
 */
import { open } from '@forsat/ledger'
import type { FreshBoxes } from './fresh-boxes.ts'
import { categoryOf, recordOf, storedTypeOf } from './names.ts'
import type { StoredEvent, SubjectKeys } from './port.ts'
import type { RecordedEvent } from './recorded-event.ts'
import type { AnyEvent } from './recording.ts'

/** The stored data with what its boxes hold laid over the marks of erasure. */
export const opened = (
  stored: StoredEvent,
  keys: SubjectKeys,
  fresh: Pick<FreshBoxes, 'take'> | undefined,
): object => {
  const data = JSON.parse(stored.data) as object
  for (const part of stored.sealed) {
    const { subject, purpose } = part
    const key = keys.find({ subject, purpose }, part.keyId)
    if (key === undefined) continue
    const { stream, revision, id } = stored
    const place = { stream, revision, id, subject, purpose }
    const fields = fresh?.take(part, place) ?? open(part, place, key.key)
    if (fields === undefined) throw new BrokenSeal(stored.position, subject)
    Object.assign(data, fields)
  }
  return data
}

/** A box that does not hold what the ledger committed to: damage or tampering, never an erasure. */
export class BrokenSeal extends Error {
  readonly position: number
  readonly subject: string
  constructor(position: number, subject: string) {
    super(`the sealed part of ${subject} at position ${position} is not what was sealed there`)
    this.name = 'BrokenSeal'
    this.position = position
    this.subject = subject
  }
}

export const recorded = (stored: StoredEvent, event: AnyEvent): RecordedEvent => ({
  position: stored.position,
  id: stored.id,
  stream: stored.stream,
  category: categoryOf(stored.stream),
  subject: recordOf(stored.stream),
  revision: stored.revision,
  company: stored.company,
  occurredAt: stored.occurredAt,
  recordedAt: stored.recordedAt,
  actor: stored.actor,
  onBehalfOf: stored.onBehalfOf,
  correlationId: stored.correlationId,
  causationId: stored.causationId,
  event,
  version: storedTypeOf(stored.type).version,
})
