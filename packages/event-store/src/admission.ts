/**
 * How an append is judged, the same in every adapter that owns its log: what is no append at all
 * throws, what is known is answered from the log, what came too late is refused.
 *
 * @module
 */
import { envelopeText, saltBytes } from '@forsat/ledger'
import * as E from 'fp-ts/lib/Either.js'
import { isStream, storedTypeOf } from './names.ts'
import type {
  Append,
  Appended,
  AppendRefusal,
  CommandRecord,
  NewEvent,
  Position,
  Revision,
  SealedPart,
} from './port.ts'

/**
 * The append as it was asked for: checked, and copied, since it waits for its turn while the caller
 * may go on to change its objects. What fails here is a defect of the caller.
 */
export const admitted = (append: Append): Append => {
  const { stream, events, metadata, command } = append
  if (!isStream(stream)) throw new TypeError(`${stream} is not the name of a stream`)
  if (!/^[a-z]+:.+$/.test(metadata.actor)) throw new TypeError('an actor is a kind and an id')
  programsOnly(metadata)
  if (events.length === 0) throw new TypeError('an append has at least one event')
  if (events.length > 1 && new Set(events.map(({ id }) => id)).size < events.length) {
    throw new TypeError('an append names the same event id twice')
  }
  return {
    ...append,
    metadata: { ...metadata },
    events: events.map(admittedEvent),
    ...(command === undefined ? {} : { command: { ...command } }),
  }
}

const admittedEvent = (event: NewEvent): NewEvent => {
  if (!ulid.test(event.id)) throw new TypeError(`${event.id} is not a ULID`)
  if (!instant.test(event.occurredAt)) throw new TypeError(`${event.occurredAt} is not an instant`)
  if (event.salt.length !== saltBytes) throw new TypeError(`a salt has ${saltBytes} bytes`)
  storedTypeOf(event.type)
  return {
    ...event,
    salt: new Uint8Array(event.salt),
    sealed: event.sealed.map(admittedPart),
  }
}

const admittedPart = (part: SealedPart): SealedPart => {
  const { subject, purpose, keyId } = part
  programsOnly({ subject, purpose, keyId })
  return {
    ...part,
    iv: new Uint8Array(part.iv),
    ciphertext: new Uint8Array(part.ciphertext),
    tag: new Uint8Array(part.tag),
  }
}

/** What an envelope says is names and numbers of programs, never what a person typed. */
const programsOnly = (texts: object): void => {
  for (const text of Object.values(texts)) {
    if (text !== undefined && !printable.test(text)) throw new TypeError(`${text} is no plain name`)
  }
}

const printable = /^[!-~]+$/
// 128 bits, so that EventStoreDB can hold the same id as a UUID.
const ulid = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** Where an event stands, and its envelope there. */
export interface Standing {
  readonly position: Position
  readonly recordedAt: string
  readonly envelope: string
}

/** What must be known of a log to judge an append. */
export interface KnownLog {
  readonly revisionOf: (stream: string) => Revision
  readonly find: (eventId: string) => Standing | undefined
  readonly command: (scope: string, key: string) => CommandRecord | undefined
}

/** A refusal; or the answer to a repeat; or `undefined`: it is new, and may be written. */
export const judge = (
  append: Append,
  log: KnownLog,
): E.Either<AppendRefusal, Appended | undefined> => {
  const { stream, expectedRevision: expected, events, command } = append
  const record = command && log.command(command.scope, command.key)
  if (record !== undefined) return E.left({ type: 'CommandKnown', record })

  const standing = events.map(({ id }) => log.find(id))
  const taken = events.find((_event, index) => standing[index] !== undefined)
  if (taken === undefined) {
    const current = log.revisionOf(stream)
    return current === expected
      ? E.right(undefined)
      : E.left({ type: 'RevisionConflict', stream, expected, current })
  }

  const repeated = standing.every(
    (there, index) =>
      there !== undefined &&
      there.envelope === envelopeOf(append, index, there.position, there.recordedAt),
  )
  const last = standing.at(-1)
  if (!repeated || last === undefined) return E.left({ type: 'EventIdTaken', id: taken.id })
  const { position, recordedAt } = last
  return E.right({
    stream,
    revision: expected + events.length,
    position,
    recordedAt,
    repeated: true,
  })
}

/** The envelope of an append's event, once it has a place: all of its content is committed to in it. */
export const envelopeOf = (
  { stream, expectedRevision, metadata, events }: Append,
  index: number,
  position: Position,
  recordedAt: string,
): string => {
  const event = events[index]
  if (event === undefined) throw new RangeError(`an append without an event ${index}`)
  return envelopeText({
    ...metadata,
    ...storedTypeOf(event.type),
    index: position - 1,
    stream,
    revision: expectedRevision + 1 + index,
    id: event.id,
    occurredAt: event.occurredAt,
    recordedAt,
    data: event.commitment,
    personal: event.sealed,
  })
}
