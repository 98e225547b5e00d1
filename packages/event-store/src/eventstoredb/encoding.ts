/**
 * How an event of the port is kept on the server, and read from it. The data is JSON wherever JSON
 * holds the canonical text exactly, else the same bytes; everything else is flat texts beside it.
 *
 * @module
 */
import { base64url, envelopeText, fromBase64url, type PersonalCommitment } from '@forsat/ledger'
import { storedTypeOf } from '../names.ts'
import type { Original } from '../original.ts'
import type { Append, LogEntry, NewEvent, Position, SealedPart, StoredEvent } from '../port.ts'
import { StoreDamaged } from '../store-errors.ts'
import { isUlid, isUuid, ulidOf, uuidOf } from './ids.ts'
import type { Kept } from './kept.ts'
import type { Sent } from './server.ts'

/** An append larger than the server takes. */
class AppendTooLarge extends TypeError {
  constructor(bytes: number, limit: number) {
    super(`events: the append takes ${bytes} bytes in all, the server ${limit} (maxAppendSize)`)
    this.name = 'AppendTooLarge'
  }
}

/** Of events that another log had first. */
export interface Origin {
  readonly recordedAt: string
  /** What each event commits to, in the order of the append. */
  readonly personal: readonly (readonly PersonalCommitment[])[]
}

/**
 * The events of an append for the wire. `attempt` is the append's own name: who reads the events back
 * can tell whether this call wrote them or an earlier one. Whatever the server would choke on throws.
 */
export const sentOf = (
  append: Append,
  {
    attempt,
    maxAppendBytes,
    origin,
  }: {
    readonly attempt: string
    readonly maxAppendBytes: number
    readonly origin?: Origin | undefined
  },
): readonly Sent[] => {
  const { metadata, events } = append
  const shared = {
    ...linked('correlationId', metadata.correlationId),
    ...(metadata.causationId === undefined ? {} : linked('causationId', metadata.causationId)),
    ...present('company', metadata.company),
    actor: metadata.actor,
    ...present('onBehalfOf', metadata.onBehalfOf),
    command: metadata.command,
    ...present('trace', metadata.trace),
    ...present('recordedAt', origin?.recordedAt),
    attempt,
  }
  const sent = events.map(
    (event, index): Sent => ({
      id: uuidOf(event.id),
      type: event.type,
      data: dataOf(event, index),
      metadata: {
        ...shared,
        occurredAt: event.occurredAt,
        salt: base64url(event.salt),
        commitment: event.commitment,
        ...(event.sealed.length === 0 ? {} : { sealed: JSON.stringify(event.sealed.map(boxOf)) }),
        ...goneFrom(event, origin?.personal[index]),
      },
    }),
  )
  const bytes = sent.reduce((sum, each, index) => {
    const { data = '' } = events[index] ?? {}
    const texts = Buffer.byteLength(data) + Buffer.byteLength(JSON.stringify(each.metadata))
    return sum + texts + 2 * each.type.length
  }, 0)
  if (bytes > maxAppendBytes) throw new AppendTooLarge(bytes, maxAppendBytes)
  return sent
}

/** What an event commits to, whose sealed part is not there any more. */
const goneFrom = (
  { sealed }: NewEvent,
  personal: readonly PersonalCommitment[] = [],
): Readonly<Record<string, string>> => {
  const there = new Set(sealed.map(({ commitment }) => commitment))
  const gone = personal.filter(({ commitment }) => !there.has(commitment))
  return gone.length === 0 ? {} : { personal: JSON.stringify(gone) }
}

const dataOf = ({ data }: NewEvent, index: number): Sent['data'] => {
  if (!isJson(data)) throw new TypeError(`events[${index}].data is no JSON`)
  const value: unknown = JSON.parse(data)
  return typeof value === 'object' && value !== null && JSON.stringify(value) === data
    ? (value as Readonly<Record<string, unknown>>)
    : new TextEncoder().encode(data)
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const present = (name: string, value: string | undefined): Readonly<Record<string, string>> =>
  value === undefined ? {} : { [name]: value }

/**
 * An id under the name that the server's projections know, in the writing of its event ids. What is
 * no ULID is kept beside it as it was given.
 */
const linked = (name: string, id: string): Readonly<Record<string, string>> =>
  isUlid(id) && /[1-9A-Z]/.test(id)
    ? { [`$${name}`]: uuidOf(id) }
    : { [`$${name}`]: id, [name]: id }

type Box = readonly [
  subject: string,
  purpose: string,
  keyId: string,
  iv: string,
  ciphertext: string,
  tag: string,
  commitment: string,
]

const boxOf = (part: SealedPart): Box => [
  part.subject,
  part.purpose,
  part.keyId,
  base64url(part.iv),
  base64url(part.ciphertext),
  base64url(part.tag),
  part.commitment,
]

const partOf = ([subject, purpose, keyId, iv, ciphertext, tag, commitment]: Box): SealedPart => ({
  subject,
  purpose,
  keyId,
  iv: fromBase64url(iv),
  ciphertext: fromBase64url(ciphertext),
  tag: fromBase64url(tag),
  commitment,
})

/** Where an event stands in our eyes, and which of its sealed parts are gone. */
export interface Standing {
  readonly position: Position
  readonly recordedAt: string
  readonly isDiscarded: (keyId: string) => boolean
}

/** An event of ours as the port has it. One that nobody of us can have written stops the reader. */
export const storedOf = (
  kept: Kept,
  prefix: string,
  { position, recordedAt, isDiscarded }: Standing,
): StoredEvent => {
  const said = textsOf(kept)
  const damaged = (code: 'UNREADABLE' | 'PAYLOAD_MISSING', detail: string): StoreDamaged =>
    new StoreDamaged(kept.stream, [{ code, position, detail }])
  const text = (name: string): string => {
    const value = said[name]
    if (value === undefined) throw damaged('UNREADABLE', `event ${kept.id} names no ${name}`)
    return value
  }
  const link = (name: string): string | undefined => {
    const value = said[name] ?? said[`$${name}`]
    return value !== undefined && said[name] === undefined && isUuid(value) ? ulidOf(value) : value
  }
  const data = plainText(kept)
  if (data === undefined) {
    throw damaged('PAYLOAD_MISSING', `the data of event ${kept.id} was blanked or is no JSON`)
  }
  const correlationId = link('correlationId')
  if (correlationId === undefined) {
    throw damaged('UNREADABLE', `event ${kept.id} names no correlation`)
  }
  return {
    position,
    id: ulidOf(kept.id),
    stream: kept.stream.slice(prefix.length),
    revision: Number(kept.revision),
    type: kept.type,
    company: said['company'],
    occurredAt: text('occurredAt'),
    recordedAt,
    actor: text('actor'),
    onBehalfOf: said['onBehalfOf'],
    correlationId,
    causationId: link('causationId'),
    data,
    sealed: boxesOf(said)
      .map(partOf)
      .filter(({ keyId }) => !isDiscarded(keyId)),
  }
}

const boxesOf = ({ sealed }: Readonly<Record<string, string | undefined>>): readonly Box[] =>
  sealed === undefined ? [] : (JSON.parse(sealed) as readonly Box[])

/** The metadata of an event, where it is what we write. */
export const textsOf = ({ metadata }: Kept): Readonly<Record<string, string | undefined>> =>
  typeof metadata === 'object' && metadata !== null && !(metadata instanceof Uint8Array)
    ? (metadata as Readonly<Record<string, string | undefined>>)
    : {}

/** The canonical text of the data; `undefined` where it is no JSON any more. */
const plainText = (kept: Kept): string | undefined => {
  if (kept.data instanceof Uint8Array) {
    const text = new TextDecoder().decode(kept.data)
    return isJson(text) ? text : undefined
  }
  const isWhole = kept.isJson && typeof kept.data === 'object' && kept.data !== null
  return isWhole ? JSON.stringify(kept.data) : undefined
}

/** When an event was recorded: by the server's clock, or in the log that it came from. */
export const recordedIn = (kept: Kept): string =>
  textsOf(kept)['recordedAt'] ?? kept.created.toISOString()

/** What proves an event, beside what it says. */
export const proofOf = (kept: Kept): Omit<Original, 'stored'> => {
  const said = textsOf(kept)
  const { salt = '', commitment = '', command = '', trace, personal } = said
  const there = boxesOf(said).map(([subject, purpose, , , , , of]) => ({
    commitment: of,
    subject,
    purpose,
  }))
  const gone = personal === undefined ? [] : (JSON.parse(personal) as PersonalCommitment[])
  const commitments = [...there, ...gone]
  return { salt: fromBase64url(salt), commitment, command, trace, personal: commitments }
}

/** An event as the ledger has it, at a dense place among ours. */
export const entryOf = (stored: StoredEvent, kept: Kept, index: number): LogEntry => {
  const { salt, commitment, command, trace, personal } = proofOf(kept)
  const { position, data, sealed } = stored
  const envelope = envelopeText({
    ...stored,
    ...storedTypeOf(stored.type),
    index,
    command,
    trace,
    data: commitment,
    personal,
  })
  return { position, envelope, data, salt, sealed }
}

/** Whether an event that stands somewhere has the content that was sent. */
export const sameContent = (kept: Kept, sent: Sent): boolean => {
  const { attempt: _theirs, ...there } = textsOf(kept)
  const { attempt: _ours, ...here } = sent.metadata
  const text =
    sent.data instanceof Uint8Array
      ? new TextDecoder().decode(sent.data)
      : JSON.stringify(sent.data)
  return (
    kept.id === sent.id &&
    kept.type === sent.type &&
    plainText(kept) === text &&
    JSON.stringify(sorted(there)) === JSON.stringify(sorted(here))
  )
}

const sorted = (texts: object): readonly (readonly [string, unknown])[] =>
  Object.entries(texts).toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)))

/** Positions are whole numbers of the program up to 2^53; a log that has grown past is told aloud. */
export const positionOf = (position: bigint, place: string): Position => {
  if (position <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(position)
  throw new RangeError(`${place} has come to position ${position}, beyond what can be told exactly`)
}
