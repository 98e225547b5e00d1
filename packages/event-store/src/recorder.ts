/**
 * Between events as the domain speaks them and events as a store keeps them: checked, canonical,
 * committed to, their personal fields sealed. All adapters store the same.
 *
 * @module
 */
import type { PersonalMark, StoredShape, UndecodableEvent } from '@forsat/domain'
import { erased, isErased } from '@forsat/domain'
import {
  type BoxPlace,
  canonical,
  dataCommitment,
  randomBytes as freshBytes,
  open,
  saltBytes,
  seal,
} from '@forsat/ledger'
import * as E from 'fp-ts/lib/Either.js'
import { categoryOf, recordOf, storedTypeOf } from './names.ts'
import type {
  NewEvent,
  Revision,
  SealedPart,
  StoredEvent,
  SubjectKey,
  SubjectKeys,
} from './port.ts'
import type { RecordedEvent } from './recorded-event.ts'

interface AnyEvent {
  readonly type: string
  readonly data: object
}

/** Of a codec, what recording and reading the events of any aggregate takes. */
export interface AnyCodec {
  readonly storedTypes: Readonly<Record<string, string>>
  readonly personal: Readonly<Record<string, Readonly<Record<string, PersonalMark>>>>
  readonly decode: (stored: StoredShape) => E.Either<UndecodableEvent, AnyEvent>
  readonly read: (stored: StoredShape) => E.Either<UndecodableEvent, AnyEvent>
}

/** An event that was decided, with all that its stored form depends on. */
export interface DecidedEvent {
  readonly event: AnyEvent
  readonly codec: AnyCodec
  readonly stream: string
  /** The revision it will have. It is sealed in: an event decided again is recorded again. */
  readonly revision: Revision
  readonly id: string
  readonly occurredAt: string
  /** Whose keys seal: the record's own, and its contact's where it names one. */
  readonly subjects: { readonly record: string; readonly contact: string | undefined }
}

export interface Recorder {
  /** Ready to be appended. An event that its own schema refuses is a defect and throws. */
  readonly record: (events: readonly DecidedEvent[]) => Promise<readonly NewEvent[]>
  /**
   * The event with its personal fields, or `{ erased: true }` in the place of those whose key or box
   * is gone. What was checked at its append is trusted, unless the full `check` is asked for. A box
   * that opens to something else than was committed to throws.
   */
  readonly read: (
    stored: StoredEvent,
    options?: { readonly check?: boolean },
  ) => E.Either<UndecodableEvent, RecordedEvent>
}

export interface RecorderOptions {
  readonly keys: SubjectKeys
  /** Who reads a stored type, of any version. */
  readonly codecs: (storedType: string) => AnyCodec | undefined
  readonly randomBytes?: (size: number) => Uint8Array
}

/** An event and its boxes may take this many bytes together. */
export const eventBytes = 64 * 1024

/** An event larger than a log should keep. */
export class EventTooLarge extends Error {
  readonly eventType: string
  readonly bytes: number
  readonly limit = eventBytes
  constructor(eventType: string, bytes: number) {
    super(`${eventType} takes ${bytes} bytes; an event may take ${eventBytes}`)
    this.name = 'EventTooLarge'
    this.eventType = eventType
    this.bytes = bytes
  }
}

export const recorder = ({
  keys,
  codecs,
  randomBytes = freshBytes,
}: RecorderOptions): Recorder => ({
  record: async (events) => {
    const drafts = events.map(draft)
    const keyOf = await keysFor(drafts, keys)
    return drafts.map((each) => finish(each, keyOf, randomBytes))
  },

  read: (stored, { check = false } = {}) => {
    const codec = codecs(stored.type)
    if (codec === undefined) return unknownType(stored.type)
    const shape = { type: stored.type, data: opened(stored, keys) }
    const event = check ? codec.decode(shape) : codec.read(shape)
    return E.isLeft(event) ? event : E.right(recorded(stored, event.right))
  },
})

/** An event split into what stands in the clear and what goes into boxes. */
interface Draft {
  readonly decided: DecidedEvent
  readonly storedType: string
  readonly plain: Readonly<Record<string, unknown>>
  readonly boxes: readonly Box[]
}

interface Box {
  readonly subject: string
  readonly purpose: string
  readonly fields: Record<string, unknown>
}

const draft = (decided: DecidedEvent): Draft => {
  const { codec, event, subjects } = decided
  const storedType = codec.storedTypes[event.type]
  if (storedType === undefined) throw new TypeError(`${event.type} is no event of its aggregate`)
  const data = withoutAbsent(event.data)
  const checked = codec.decode({ type: storedType, data })
  if (E.isLeft(checked)) throw new TypeError(refusal(checked.left))

  const marks = codec.personal[event.type] ?? {}
  const plain: Record<string, unknown> = { ...data }
  const boxes = new Map<string, Box>()
  for (const [name, { subject: whose, purpose }] of Object.entries(marks)) {
    const value = data[name]
    // A cleared field says nothing of a person, and a mark of erasure has nothing to seal.
    if (value === undefined || value === null || isErased(value)) continue
    const subject = whose === 'contact' ? (subjects.contact ?? subjects.record) : subjects.record
    const place = `${subject}/${purpose}`
    const box = boxes.get(place) ?? { subject, purpose, fields: {} }
    boxes.set(place, box)
    box.fields[name] = value
    plain[name] = erased
  }
  return { decided, storedType, plain, boxes: [...boxes.values()] }
}

/** `undefined` means absent, and so it is left out. */
const withoutAbsent = (data: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined))

const refusal = ({ storedType, issues }: UndecodableEvent) =>
  `${storedType} as decided is not what its schema says: ${issues
    .map(({ path, message }) => `${path} ${message}`)
    .join('; ')}`

type KeyOf = (box: Pick<Box, 'subject' | 'purpose'>) => SubjectKey

/** All keys that the boxes need, asked for at once. */
const keysFor = async (drafts: readonly Draft[], keys: SubjectKeys): Promise<KeyOf> => {
  const names = new Map(
    drafts
      .flatMap(({ boxes }) => boxes)
      .map(({ subject, purpose }) => [`${subject}/${purpose}`, { subject, purpose }]),
  )
  const ensured = names.size === 0 ? [] : await keys.ensure([...names.values()])
  const found = new Map([...names.keys()].map((name, index) => [name, ensured[index]]))
  return ({ subject, purpose }) => {
    const key = found.get(`${subject}/${purpose}`)
    if (key === undefined) throw new Error(`no key was made for ${subject}, ${purpose}`)
    return key
  }
}

const finish = (
  { decided, storedType, plain, boxes }: Draft,
  keyOf: KeyOf,
  randomBytes: (size: number) => Uint8Array,
): NewEvent => {
  const { stream, revision, id, occurredAt } = decided
  const data = canonical(plain)
  const salt = randomBytes(saltBytes)
  const sealed = boxes.map(({ subject, purpose, fields }): SealedPart => {
    const { id: keyId, key } = keyOf({ subject, purpose })
    const place: BoxPlace = { stream, revision, id, subject, purpose }
    const iv = randomBytes(12)
    return {
      subject,
      purpose,
      keyId,
      ...seal(fields, place, { key, iv, salt: randomBytes(saltBytes) }),
    }
  })
  const bytes =
    Buffer.byteLength(data) + sealed.reduce((sum, { ciphertext }) => sum + ciphertext.length, 0)
  if (bytes > eventBytes) throw new EventTooLarge(decided.event.type, bytes)
  return {
    id,
    type: storedType,
    occurredAt,
    data,
    salt,
    commitment: dataCommitment(salt, data),
    sealed,
  }
}

/** The stored data with what its boxes hold laid over the marks of erasure. */
const opened = (stored: StoredEvent, keys: SubjectKeys): object => {
  const data = JSON.parse(stored.data) as object
  for (const part of stored.sealed) {
    const { subject, purpose } = part
    const key = keys.find({ subject, purpose }, part.keyId)
    if (key === undefined) continue
    const { stream, revision, id } = stored
    const fields = open(part, { stream, revision, id, subject, purpose }, key.key)
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

const unknownType = (storedType: string) =>
  E.left({
    type: 'UndecodableEvent' as const,
    storedType,
    why: 'unknown-type' as const,
    issues: [],
  })

const recorded = (stored: StoredEvent, event: AnyEvent): RecordedEvent => ({
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
