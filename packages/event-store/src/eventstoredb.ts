/**
 * A store on an EventStoreDB server or cluster, past one machine: many instances append to it, and
 * each follows it into read models of its own.
 *
 * @module
 */
import type * as E from 'fp-ts/lib/Either.js'
import { admitted } from './admission.ts'
import { appending, type Place, type Prepared, removed } from './eventstoredb/appending.ts'
import { commandsIn, discard, policiesIn } from './eventstoredb/bookkeeping.ts'
import {
  entryOf,
  type Origin,
  positionOf,
  proofOf,
  recordedIn,
  sentOf,
  storedOf,
} from './eventstoredb/encoding.ts'
import { followLog } from './eventstoredb/follower.ts'
import { isUlid, ulidOf, uuidOf } from './eventstoredb/ids.ts'
import type { Kept } from './eventstoredb/kept.ts'
import { openLogIndex } from './eventstoredb/log-index.ts'
import { patiently } from './eventstoredb/patience.ts'
import { resubscribed } from './eventstoredb/resubscribed.ts'
import { connectTo, graceMs, type StreamPage } from './eventstoredb/server.ts'
import { settingsOf } from './eventstoredb/settings.ts'
import { historyUnder, isBookkeeping } from './eventstoredb/streams.ts'
import { defaultPage } from './news.ts'
import type { Original, Originals } from './original.ts'
import type {
  Append,
  Appended,
  AppendRefusal,
  EventStore,
  Position,
  ReadLog,
  Revision,
  StoredEvent,
} from './port.ts'
import { StoreDamaged, StoreUnreachable } from './store-errors.ts'

export interface EventStoreDbOptions {
  readonly clock: { now(): string }
  /** The file for the index of the log, which is derived from it; `:memory:` if absent. */
  readonly index?: string
  /** How long a server that is not there is waited for when the store is opened. */
  readonly openingMs?: number
}

const usualOpeningMs = 3000
/** How many calls' time a server that went away is waited for. */
const patience = 3
/** How many events are looked at for the last one of ours. */
const tail = 64

/** A store on a server can also take over another log, and give its own away. */
export interface EventStoreDb extends EventStore {
  /** Appends what was recorded elsewhere, with what only that log knows of it. */
  readonly adopt: (append: Append, origin: Origin) => Promise<E.Either<AppendRefusal, Appended>>
  readonly originals: Originals['after']
}

/**
 * Opens the store that a connection string names (`esdb://…` or `esdb+discover://…`). Throws
 * `StoreUnreachable` where there is no server, or one that does not let us in.
 */
export const openEventStoreDb = async (
  connectionString: string,
  { clock, index: indexPath = ':memory:', openingMs = usualOpeningMs }: EventStoreDbOptions,
): Promise<EventStoreDb> => {
  const settings = settingsOf(connectionString)
  const { prefix, place: name, maxAppendBytes, deadlineMs } = settings
  const server = connectTo(settings)
  const patienceMs = patience * (deadlineMs + graceMs)

  /** The end of what is ours: nobody's event behind it is. */
  const endOfOurs = async (known: Position): Promise<Position> => {
    for (let count = 1; ; count *= tail) {
      const events = await server.readAll({ from: 'end', count })
      for (const { stream, position = 0n } of events) {
        if (stream.startsWith(prefix)) return positionOf(position, name)
        if (position <= BigInt(known)) return known
      }
      if (events.length < count) return 0
    }
  }

  try {
    await patiently(() => endOfOurs(0), { ms: openingMs, place: name })
  } catch (error) {
    await server.close()
    throw error
  }
  const index = openLogIndex(indexPath)
  const last = index.before(Number.MAX_SAFE_INTEGER)
  if (last !== undefined) {
    const read = { from: BigInt(last.revision), count: 1 }
    const page = await patiently(() => server.readStream(prefix + last.stream, read), {
      ms: openingMs,
      place: name,
    })
    const there = page.kind === 'events' ? page.events[0] : undefined
    // Another log, or an older copy of this one: what is known of it is worth nothing.
    if (there?.id !== uuidOf(last.id) || there.position !== BigInt(last.position)) index.clear()
  }
  const follower = followLog({ server, index, prefix, place: name })
  const place: Place = { server, index, follower, prefix, place: name, patienceMs }
  let closing: Promise<void> | undefined
  const closed = new AbortController()

  const alive = (): void => {
    if (closing !== undefined) throw new Error('the store is closed')
  }

  const syncNow = async (): Promise<void> => {
    const end = await patiently(() => endOfOurs(index.progress()), { ms: patienceMs, place: name })
    if (!(await follower.reached(end, patienceMs))) {
      throw new StoreUnreachable(`${name} does not send what is in its log.`)
    }
  }
  const sync = shared(syncNow)
  const append = appending(place)
  const commands = commandsIn({ place, append, clock, sync })

  const standing = async (kept: Kept): Promise<StoredEvent> => {
    const id = kept.position === undefined ? index.find(ulidOf(kept.id))?.position : undefined
    const position = id ?? positionOf(kept.position ?? 0n, name)
    if (!(await follower.reached(position, patienceMs))) {
      throw new StoreUnreachable(`${name} does not send what is in its log.`)
    }
    const recordedAt = index.recordedAt(position, recordedIn(kept))
    return storedOf(kept, prefix, { position, recordedAt, isDiscarded: index.isDiscarded })
  }

  const readPage = async (stream: string, from: Revision, count: number): Promise<StreamPage> => {
    const known = index.lastRevision(stream)
    const read = (requiresLeader?: boolean) =>
      patiently(
        () =>
          server.readStream(prefix + stream, {
            from: BigInt(from),
            count,
            ...(requiresLeader === undefined ? {} : { requiresLeader }),
          }),
        { ms: patienceMs, place: name },
      )
    const isShort = (page: StreamPage): boolean =>
      page.kind === 'events'
        ? page.events[0] === undefined
          ? known >= from
          : page.events[0].revision !== BigInt(from)
        : known >= from
    const page = await read()
    if (page.kind === 'deleted') throw removed(stream)
    if (!isShort(page)) return page
    // A follower may only be late; the leader is not.
    const again = await read(true)
    if (isShort(again)) throw truncated(stream, from)
    return again
  }

  async function* pagesOfLog({
    after = 0,
    to,
    pageSize = defaultPage,
  }: ReadLog = {}): AsyncGenerator<readonly Kept[], void, undefined> {
    alive()
    if (to === undefined || to > index.progress()) await sync()
    const end = Math.min(to ?? index.last(), index.last())
    const first = index.behind(after)
    if (first === undefined || first.position > end) return
    let from = BigInt(first.position)
    let seen = after
    for (;;) {
      alive()
      const start = from
      const events = await patiently(() => server.readAll({ from: start, count: pageSize + 1 }), {
        ms: patienceMs,
        place: name,
      })
      const page: Kept[] = []
      for (const event of events) {
        const position = positionOf(event.position ?? 0n, name)
        if (position > end) break
        if (position <= seen || !isHistory(event, prefix)) continue
        page.push(event)
        seen = position
      }
      if (page.length > 0) yield page
      const read = events.at(-1)?.position
      if (read === undefined || read >= BigInt(end) || events.length <= pageSize) return
      from = read
    }
  }

  const prepare = (asked: Append, origin?: Origin): Prepared => {
    const attempt = crypto.randomUUID()
    const { stream, expectedRevision } = asked
    const events = sentOf(asked, { attempt, maxAppendBytes, origin })
    return { stream, expectedRevision, attempt, events }
  }

  return {
    append: async (asked) => {
      alive()
      const { command, ...wanted } = admitted(asked)
      const prepared = prepare(wanted)
      return command === undefined ? append(prepared) : commands.underClaim(command, prepared)
    },

    async *readStream(stream, { from = 0, to = Infinity, pageSize = defaultPage } = {}) {
      for (let next = from; next <= to; ) {
        alive()
        const page = await readPage(stream, next, Math.min(pageSize, to - next + 1))
        const events = page.kind === 'events' ? page.events : []
        for (const [at, event] of events.entries()) {
          if (event.revision !== BigInt(next + at)) throw truncated(stream, next + at)
        }
        if (events.length === 0) return
        yield await Promise.all(events.map(standing))
        if (events.length < pageSize) return
        next += events.length
      }
    },

    async *readLog(options) {
      for await (const page of pagesOfLog(options)) yield await Promise.all(page.map(standing))
    },

    async *readEntries(options) {
      for await (const page of pagesOfLog(options)) {
        yield await Promise.all(
          page.map(async (kept) => {
            const stored = await standing(kept)
            const at = index.find(stored.id)?.index
            if (at === undefined) throw new StoreUnreachable(`${name} has an event twice.`)
            return entryOf(stored, kept, at)
          }),
        )
      }
    },

    async *follow({ after = 0, pageSize = defaultPage, signal }) {
      alive()
      const stop = AbortSignal.any([signal, closed.signal])
      if (after > index.progress()) await sync()
      // The server takes positions alone that it handed out.
      const known = after === 0 ? undefined : index.before(after)
      const streams = historyUnder(prefix)
      const begin = known === undefined ? undefined : BigInt(known.position)
      for await (const { events } of resubscribed(server, {
        after: begin,
        streams,
        signal: stop,
      })) {
        const fresh = events.filter(
          (event) => (event.position ?? 0n) > BigInt(after) && isHistory(event, prefix),
        )
        for (let start = 0; start < fresh.length && !stop.aborted; start += pageSize) {
          yield await Promise.all(fresh.slice(start, start + pageSize).map(standing))
        }
      }
    },

    head: async () => {
      alive()
      await sync()
      return index.last()
    },

    find: async (id) => {
      alive()
      if (!isUlid(id)) return undefined
      if (index.find(id) === undefined) await sync()
      const entry = index.find(id)
      if (entry === undefined) return undefined
      const page = await readPage(entry.stream, entry.revision, 1)
      const kept = page.kind === 'events' ? page.events[0] : undefined
      return kept && standing(kept)
    },

    discard: async (keyIds) => {
      alive()
      // The server changes no event. What it keeps opens under no key, and is given to nobody.
      await sync()
      const keys = keyIds.filter((keyId) => !index.isDiscarded(keyId))
      if (keys.length > 0) await discard(place, keys)
    },

    commands,
    policies: policiesIn(place),

    adopt: async (asked, origin) => {
      alive()
      return append(prepare(admitted(asked), origin))
    },

    async *originals(after) {
      for await (const page of pagesOfLog({ after })) {
        yield await Promise.all(
          page.map(
            async (kept): Promise<Original> => ({
              stored: await standing(kept),
              ...proofOf(kept),
            }),
          ),
        )
      }
    },

    [Symbol.asyncDispose]: async () => {
      closing ??= (async () => {
        closed.abort()
        await follower.close()
        await server.close()
        index.close()
      })()
      await closing
    },
  }
}

/** The server writes among our events too: a tombstone stands in the stream that it ends. */
const isHistory = ({ stream, type }: Kept, prefix: string): boolean =>
  stream.startsWith(prefix) && !isBookkeeping(stream.slice(prefix.length)) && !type.startsWith('$')

const truncated = (stream: string, at: Revision): StoreDamaged =>
  new StoreDamaged(stream, [
    {
      code: 'HISTORY_TRUNCATED',
      detail: `event ${at} was there, and a truncation, a deletion or a scavenge has hidden it`,
    },
  ])

/**
 * Runs work for all who ask for it: one run serves everybody who asked before it began, since what it
 * finds may be older than a call that came later.
 */
const shared = (work: () => Promise<void>): (() => Promise<void>) => {
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined
  const run = (): Promise<void> => {
    const mine = work().finally(() => {
      if (running === mine) running = undefined
    })
    running = mine
    return mine
  }
  return () => {
    if (running === undefined) return run()
    next ??= running
      .catch(() => {})
      .then(() => {
        next = undefined
        return run()
      })
    return next
  }
}
