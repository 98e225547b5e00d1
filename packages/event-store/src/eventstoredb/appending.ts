/**
 * How an append is carried through: sent at its expected revision, sent again with the same ids while
 * its outcome is unknown, and read back, since the server takes the same ids for the same events.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import {
  type Appended,
  type AppendRefusal,
  noStream,
  type Position,
  type Revision,
} from '../port.ts'
import { StoreDamaged, StoreUnreachable } from '../store-errors.ts'
import { positionOf, recordedIn, sameContent, textsOf } from './encoding.ts'
import { type Attempt, OutcomeUnknown } from './failures.ts'
import type { LogFollower } from './follower.ts'
import { ulidOf } from './ids.ts'
import type { Kept } from './kept.ts'
import type { LogIndex } from './log-index.ts'
import { patiently, pauses } from './patience.ts'
import type { Sent, ServerConnection } from './server.ts'

export interface Place {
  readonly server: ServerConnection
  readonly index: LogIndex
  readonly follower: LogFollower
  readonly prefix: string
  /** For messages. */
  readonly place: string
  readonly patienceMs: number
}

/** An append that is ready for the wire. */
export interface Prepared {
  readonly stream: string
  readonly expectedRevision: Revision
  readonly attempt: string
  readonly events: readonly Sent[]
}

/** How long an event that was stored is waited for on the subscription before it is read instead. */
const arrivalMs = 2000

const expectationOf = (revision: Revision): bigint | 'no_stream' =>
  revision === noStream ? 'no_stream' : BigInt(revision)

/** Sends until the server has said what became of it. Throws `OutcomeUnknown` when time is over. */
export const insist = async (
  { server, prefix, patienceMs }: Place,
  { stream, expectedRevision, events }: Omit<Prepared, 'attempt'>,
): Promise<Exclude<Attempt, { readonly kind: 'unknown' | 'elsewhere' | 'refused' }>> => {
  const pause = pauses(patienceMs)
  for (;;) {
    const attempt = await server.append(prefix + stream, expectationOf(expectedRevision), events)
    if (attempt.kind === 'refused') throw attempt.error
    if (attempt.kind !== 'unknown' && attempt.kind !== 'elsewhere') return attempt
    if (!(await pause.wait())) throw new OutcomeUnknown(stream, attempt.error)
  }
}

export const appending = (place: Place) => {
  const { server, index, follower, prefix, patienceMs } = place

  /** The events of a stream from a revision on, as they stand. */
  const standing = async (stream: string, from: Revision, count: number) => {
    const read = () => server.readStream(prefix + stream, { from: BigInt(from), count })
    const page = await patiently(read, { ms: patienceMs, place: place.place })
    return page.kind === 'events' ? page.events : []
  }

  /** An append whose ids are known: the same again, or another one under their names. */
  const judgeRepeat = async (append: Prepared): Promise<E.Either<AppendRefusal, Appended>> => {
    const { stream, expectedRevision, events } = append
    const taken = events.find(({ id }) => index.find(ulidOf(id)) !== undefined) ?? events[0]
    const there = await standing(stream, expectedRevision + 1, events.length)
    const last = there.at(-1)
    const isSame = events.every((sent, at) => {
      const kept = there[at]
      return kept !== undefined && sameContent(kept, sent)
    })
    if (!isSame || last === undefined) {
      return E.left({ type: 'EventIdTaken', id: ulidOf(taken?.id ?? '') })
    }
    return E.right({ ...(await appendedAs(stream, last)), repeated: true })
  }

  const appendedAs = async (stream: string, last: Kept): Promise<Omit<Appended, 'repeated'>> => {
    const revision = Number(last.revision)
    const position = await placeOf(last)
    await follower.reached(position, arrivalMs)
    const recordedAt = index.recordedAt(position, recordedIn(last))
    return { stream, revision, position, recordedAt }
  }

  const placeOf = async ({ position, id }: Kept): Promise<Position> => {
    if (position !== undefined) return positionOf(position, place.place)
    const entry = index.find(ulidOf(id))
    if (entry === undefined) throw new StoreUnreachable(`${place.place} tells no positions.`)
    return entry.position
  }

  return async (append: Prepared): Promise<E.Either<AppendRefusal, Appended>> => {
    const { stream, expectedRevision, events, attempt } = append
    if (events.some(({ id }) => index.find(ulidOf(id)) !== undefined)) return judgeRepeat(append)
    // The server would read an expectation below none as a slip; nothing can meet it.
    if (expectedRevision < noStream) return conflict(append, await lastRevision(place, stream))

    const arrival = follower.expect(events.at(-1)?.id ?? '')
    try {
      const outcome = await insist(place, append)
      if (outcome.kind === 'deleted') throw removed(stream)
      if (outcome.kind === 'conflict') {
        if (events.some(({ id }) => index.find(ulidOf(id)) !== undefined)) {
          return await judgeRepeat(append)
        }
        return conflict(append, Number(outcome.current ?? noStream))
      }
      const wanted = expectedRevision + events.length
      if (Number(outcome.revision) !== wanted) throw revived(stream)
      const last = (await arrival.seen(arrivalMs)) ?? (await standing(stream, wanted, 1)).at(0)
      if (last === undefined) throw new OutcomeUnknown(stream, undefined)
      if (textsOf(last)['attempt'] !== attempt) return await judgeRepeat(append)
      return E.right({ ...(await appendedAs(stream, last)), repeated: false })
    } finally {
      arrival.forget()
    }
  }
}

/** The revision of the last event that a reader of the stream gets to see. */
export const lastRevision = async (
  { server, prefix, patienceMs, place }: Place,
  stream: string,
): Promise<Revision> => {
  const read = () => server.readStream(prefix + stream, { from: 'end', count: 1 })
  const page = await patiently(read, { ms: patienceMs, place })
  if (page.kind === 'deleted') throw removed(stream)
  return page.kind === 'events' ? Number(page.events[0]?.revision ?? noStream) : noStream
}

const conflict = (
  { stream, expectedRevision: expected }: Prepared,
  current: Revision,
): E.Either<AppendRefusal, never> => E.left({ type: 'RevisionConflict', stream, expected, current })

/** A stream that somebody with the right to do so deleted for ever. */
export const removed = (stream: string): StoreDamaged =>
  new StoreDamaged(stream, [
    { code: 'HISTORY_TRUNCATED', detail: 'the stream was deleted for ever on the server' },
  ])

const revived = (stream: string): StoreDamaged =>
  new StoreDamaged(stream, [
    {
      code: 'HISTORY_TRUNCATED',
      detail:
        'the stream had been deleted on the server, and began again behind what is hidden now',
    },
  ])
