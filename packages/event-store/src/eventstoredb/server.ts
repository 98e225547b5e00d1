/**
 * A server as this adapter needs it: append, read, subscribe, remove, close. All that is particular
 * to the client library stays in here, so that its successor is another one of these.
 *
 * @module
 */
import {
  type AllStreamResolvedEvent,
  BACKWARDS,
  binaryEvent,
  END,
  EventStoreDBClient,
  FORWARDS,
  jsonEvent,
  NO_STREAM,
  type ResolvedEvent,
  START,
  type StreamingRead,
  streamNameFilter,
} from '@eventstore/db-client'
import { StoreUnreachable } from '../store-errors.ts'
import { type Attempt, kindOf, ServerGone } from './failures.ts'
import { type Kept, keptOf } from './kept.ts'
import type { Settings } from './settings.ts'
import { type Arrival, arrivals } from './subscription.ts'

/** An event as it is sent. */
export interface Sent {
  /** A UUID. */
  readonly id: string
  readonly type: string
  /** An object goes as JSON, bytes as they are. */
  readonly data: Readonly<Record<string, unknown>> | Uint8Array
  /** Flat: values are texts. */
  readonly metadata: Readonly<Record<string, string>>
}

export type StreamPage =
  | { readonly kind: 'events'; readonly events: readonly Kept[] }
  | { readonly kind: 'missing' }
  | { readonly kind: 'deleted' }

export interface ReadFrom {
  /** A revision of a stream or a position of the log, inclusive. From the end: the last ones. */
  readonly from: bigint | 'start' | 'end'
  readonly count: number
  readonly requiresLeader?: boolean
}

export interface Subscribe {
  /** A position that the server handed out, exclusive. */
  readonly after: bigint | undefined
  /** A regular expression that .NET and JavaScript read alike. */
  readonly streams: string
}

export interface ServerConnection {
  append(stream: string, expected: bigint | 'no_stream', events: readonly Sent[]): Promise<Attempt>
  readStream(stream: string, read: ReadFrom): Promise<StreamPage>
  /** Pages of the whole log, events of others among them. */
  readAll(read: ReadFrom): Promise<readonly Kept[]>
  /** One subscription: ends or throws when it is dropped, for whatever reason. */
  subscribe(subscribe: Subscribe, signal: AbortSignal): AsyncIterable<readonly Arrival[]>
  /** Hides a stream of our bookkeeping. */
  remove(stream: string): Promise<void>
  close(): Promise<void>
}

/** How much longer than the client's own deadline a call is waited for. */
export const graceMs = 1000

/** A bound on what a subscription looks at between two checkpoints. */
const searchWindow = 128

export const connectTo = (settings: Settings): ServerConnection => {
  const { credentials, deadlineMs, place, requiresLeader } = settings
  let client = openClient(settings)

  const reader = credentials === undefined ? {} : { credentials }

  return {
    append: async (stream, expected, events) => {
      checkExpectation(expected)
      const sent = events.map(({ id, type, data, metadata }) =>
        data instanceof Uint8Array
          ? binaryEvent({ id, type, data, metadata })
          : jsonEvent({ id, type, data, metadata }),
      )
      try {
        const { nextExpectedRevision, position } = await within(
          deadlineMs + graceMs,
          client.appendToStream(stream, sent, {
            expectedRevision: expected === 'no_stream' ? NO_STREAM : expected,
            deadline: deadlineMs,
            ...reader,
          }),
        )
        return { kind: 'written', revision: nextExpectedRevision, position: position?.commit }
      } catch (error) {
        const attempt = kindOf(error, place)
        // On the shared path a client that failed once without a name for it goes on failing.
        if (credentials === undefined && attempt.kind === 'unknown') {
          const old = client
          client = openClient(settings)
          void old.dispose().catch(() => {})
        }
        return attempt
      }
    },

    readStream: async (stream, { from, count, requiresLeader: leader = requiresLeader }) => {
      const read = client.readStream(
        stream,
        {
          fromRevision: from === 'start' ? START : from === 'end' ? END : from,
          direction: from === 'end' ? BACKWARDS : FORWARDS,
          maxCount: count,
          requiresLeader: leader,
          ...reader,
        },
        { highWaterMark: count },
      )
      try {
        return { kind: 'events', events: await collected(read, deadlineMs) }
      } catch (error) {
        const type = typeOf(error)
        if (type === 'stream-not-found') return { kind: 'missing' }
        if (type === 'stream-deleted') return { kind: 'deleted' }
        throw gone(error, place)
      }
    },

    readAll: async ({ from, count, requiresLeader: leader = requiresLeader }) => {
      const read = client.readAll(
        {
          fromPosition:
            from === 'start' ? START : from === 'end' ? END : { commit: from, prepare: from },
          direction: from === 'end' ? BACKWARDS : FORWARDS,
          maxCount: count,
          requiresLeader: leader,
          ...reader,
        },
        { highWaterMark: count },
      )
      try {
        return await collected(read, deadlineMs)
      } catch (error) {
        throw gone(error, place)
      }
    },

    async *subscribe({ after, streams }, signal) {
      try {
        yield* arrivals(
          (checkpointReached) =>
            client.subscribeToAll(
              {
                fromPosition: after === undefined ? START : { commit: after, prepare: after },
                filter: streamNameFilter({
                  regex: streams,
                  maxSearchWindow: searchWindow,
                  checkpointReached,
                }),
                ...reader,
              },
              // What was not handed over yet must not be overtaken by a checkpoint.
              { highWaterMark: 0 },
            ),
          signal,
        )
      } catch (error) {
        throw gone(error, place)
      }
    },

    remove: async (stream) => {
      try {
        await within(
          deadlineMs + graceMs,
          client.deleteStream(stream, { deadline: deadlineMs, ...reader }),
        )
      } catch (error) {
        if (typeOf(error) !== 'stream-deleted') throw gone(error, place)
      }
    },

    close: async () => {
      await client.dispose()
    },
  }
}

const openClient = ({ connectionString }: Settings): EventStoreDBClient => {
  try {
    return EventStoreDBClient.connectionString(connectionString)
  } catch (error) {
    // The client's own message repeats the whole string, with the password.
    const why = error instanceof Error && /certificate/i.test(error.message) ? error.message : ''
    throw new StoreUnreachable(`The connection string is wrong. ${why}`.trim())
  }
}

/** A slip here hangs or crashes the client instead of being refused. */
const checkExpectation = (expected: bigint | 'no_stream'): void => {
  if (expected === 'no_stream' || (typeof expected === 'bigint' && expected >= 0n)) return
  throw new TypeError(`expectedRevision must be a revision or no_stream, not ${expected}`)
}

/** All events of one read. Reads have no deadline of their own: a silence ends them. */
const collected = <Resolved extends ResolvedEvent | AllStreamResolvedEvent>(
  read: StreamingRead<Resolved>,
  silenceMs: number,
): Promise<readonly Kept[]> =>
  new Promise((resolve, reject) => {
    const events: Kept[] = []
    const giveUp = (error: unknown): void => {
      clearTimeout(timer)
      leave(read)
      reject(error)
    }
    const timer = setTimeout(() => giveUp(new ServerGone('the server is silent')), silenceMs)
    read.on('error', giveUp)
    read.on('data', (resolved: Resolved) => {
      timer.refresh()
      const event = keptOf(resolved)
      if (event !== undefined) events.push(event)
    })
    read.on('end', () => {
      clearTimeout(timer)
      resolve(events)
    })
  })

/** Only looking away would keep the call open on the server. */
const leave = (read: { cancel(): Promise<void> }): void => {
  read.cancel().catch(() => {})
}

/** Some lost answers leave the client's promise pending for ever. */
const within = async <Result>(ms: number, work: Promise<Result>): Promise<Result> => {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new ServerGone('no answer came in time')), ms)
  })
  try {
    return await Promise.race([work, silence])
  } finally {
    clearTimeout(timer)
  }
}

const typeOf = (error: unknown): unknown =>
  error instanceof Error && 'type' in error ? error.type : undefined

/** What a read fails with: the server is away for now, or does not let us in. */
const gone = (error: unknown, place: string): Error => {
  const attempt = kindOf(error, place)
  if (attempt.kind === 'refused') return attempt.error
  return error instanceof ServerGone ? error : new ServerGone(messageOf(error), error)
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
