/**
 * How stored events are read here: every category by its codec, an event that nobody knows stops the
 * reader aloud.
 *
 * @module
 */
import { eventTypes } from '@forsat/domain'
import type { AnyCodec, RecordedEvent, Recorder, StoredEvent } from '@forsat/event-store'
import * as E from 'fp-ts/lib/Either.js'

const byName = new Map<string, AnyCodec>(eventTypes().map(({ name, codec }) => [name, codec]))

/** Who reads a stored type, of whatever version. */
export const codecs = (storedType: string): AnyCodec | undefined =>
  byName.get(storedType.slice(0, storedType.lastIndexOf('.')))

/** An event of the log that this program cannot read: the history is newer, or damaged. */
class UnreadableEvent extends Error {
  readonly position: number
  readonly storedType: string
  constructor(position: number, storedType: string, why: string) {
    super(`the event at position ${position} cannot be read: ${storedType}, ${why}`)
    this.name = 'UnreadableEvent'
    this.position = position
    this.storedType = storedType
  }
}

export const readerOf =
  (recorder: Pick<Recorder, 'read'>, options?: { readonly check?: boolean }) =>
  (stored: StoredEvent): RecordedEvent => {
    const read = recorder.read(stored, options)
    if (E.isRight(read)) return read.right
    const { storedType, why, issues } = read.left
    const where = issues.map(({ path, message }) => `${path} ${message}`).join('; ')
    throw new UnreadableEvent(stored.position, storedType, where === '' ? why : where)
  }
