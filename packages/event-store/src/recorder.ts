/**
 * Between events as the domain speaks them and events as a store keeps them: checked, canonical,
 * committed to, their personal fields sealed. All adapters store the same.
 *
 * @module
 */
import type { UndecodableEvent } from '@forsat/domain'
import { randomBytes as freshBytes } from '@forsat/ledger'
import * as E from 'fp-ts/lib/Either.js'
import { freshBoxes } from './fresh-boxes.ts'
import { opened, recorded } from './opening.ts'
import type { NewEvent, StoredEvent, SubjectKeys } from './port.ts'
import type { RecordedEvent } from './recorded-event.ts'
import { type AnyCodec, type DecidedEvent, finish, keysFor, split } from './recording.ts'

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

export const recorder = ({ keys, codecs, randomBytes = freshBytes }: RecorderOptions): Recorder => {
  const fresh = freshBoxes()
  return {
    record: async (events) => {
      const splits = events.map(split)
      const keyOf = await keysFor(splits, keys)
      return splits.map((each) => {
        const made = finish(each, keyOf, randomBytes)
        const { stream, revision, id } = each.decided
        for (const [index, part] of made.sealed.entries()) {
          const { subject, purpose } = part
          const { fields = {} } = each.boxes[index] ?? {}
          fresh.keep(part, { stream, revision, id, subject, purpose }, fields)
        }
        return made
      })
    },

    read: (stored, { check = false } = {}) => {
      const codec = codecs(stored.type)
      if (codec === undefined) return unknownType(stored.type)
      const shape = { type: stored.type, data: opened(stored, keys, check ? undefined : fresh) }
      const event = check ? codec.decode(shape) : codec.read(shape)
      return E.isLeft(event) ? event : E.right(recorded(stored, event.right))
    },
  }
}

const unknownType = (storedType: string) =>
  E.left({
    type: 'UndecodableEvent' as const,
    storedType,
    why: 'unknown-type' as const,
    issues: [],
  })
