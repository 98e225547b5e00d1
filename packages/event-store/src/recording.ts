/**
 * How a decided event becomes one that a store can keep.
 *
 * @module
 */
import {
  erased,
  isErased,
  type PersonalMark,
  type StoredShape,
  type UndecodableEvent,
} from '@forsat/domain'
import { type BoxPlace, canonical, dataCommitment, saltBytes, seal } from '@forsat/ledger'
import * as E from 'fp-ts/lib/Either.js'
import type { NewEvent, Revision, SealedPart, SubjectKey, SubjectKeys } from './port.ts'

export interface AnyEvent {
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

/** An event split into what stands in the clear and what goes into boxes. */
export interface Split {
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

/** Checks an event and splits it. What its own schema refuses is a defect and throws. */
export const split = (decided: DecidedEvent): Split => {
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

/** The key that seals a box. */
export type KeyOf = (box: Pick<Box, 'subject' | 'purpose'>) => SubjectKey

/** All keys that the boxes need, asked for at once. */
export const keysFor = async (splits: readonly Split[], keys: SubjectKeys): Promise<KeyOf> => {
  const names = new Map(
    splits
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

/** Makes it canonical, commits to it and seals it. */
export const finish = (
  { decided, storedType, plain, boxes }: Split,
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
