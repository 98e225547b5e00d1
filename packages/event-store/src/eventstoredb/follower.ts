/**
 * Keeps the index of the log up to date from a subscription of its own, and lets others wait for it.
 *
 * @module
 */
import type { Position } from '../port.ts'
import { StoreUnreachable } from '../store-errors.ts'
import { positionOf, recordedIn } from './encoding.ts'
import { ulidOf } from './ids.ts'
import type { Kept } from './kept.ts'
import type { LogIndex, RememberedCommand, Seen } from './log-index.ts'
import { resubscribed } from './resubscribed.ts'
import type { ServerConnection } from './server.ts'
import { discardedKeys, escaped, isBookkeeping, rememberedAt } from './streams.ts'

export interface LogFollower {
  /** Resolves once everything of ours up to a position was seen; false if that takes too long. */
  readonly reached: (position: Position, ms: number) => Promise<boolean>
  /** The event itself, once it was seen. To be asked for before it is appended. */
  readonly expect: (id: string) => Expected
  readonly close: () => Promise<void>
}

export interface Expected {
  /** `undefined` if that takes too long. */
  readonly seen: (ms: number) => Promise<Kept | undefined>
  readonly forget: () => void
}

export interface FollowerOptions {
  readonly server: ServerConnection
  readonly index: LogIndex
  readonly prefix: string
  readonly place: string
}

export const followLog = ({ server, index, prefix, place }: FollowerOptions): LogFollower => {
  const stop = new AbortController()
  const atPosition = new Set<() => void>()
  const byId = new Map<string, Set<(event: Kept) => void>>()
  let failure: unknown

  const take = (events: readonly Kept[], to: bigint): void => {
    const seen: Seen[] = []
    const commands: RememberedCommand[] = []
    const discarded: string[] = []
    for (const event of events) {
      const stream = event.stream.slice(prefix.length)
      if (!isBookkeeping(stream)) {
        // What the server writes itself, a tombstone for one, is no event of ours.
        if (event.position === undefined || event.type.startsWith('$')) continue
        seen.push({
          position: positionOf(event.position, place),
          id: event.id,
          stream,
          revision: Number(event.revision),
          createdAt: recordedIn(event),
        })
      }
      const at = rememberedAt(stream, event.data)
      if (at !== undefined) commands.push({ stream, at })
      discarded.push(...discardedKeys(stream, event.data))
    }
    index.take({ events: seen.map(inOurWriting), commands, discarded }, positionOf(to, place))
    for (const event of events) {
      for (const tell of byId.get(event.id) ?? []) tell(event)
    }
    for (const look of atPosition) look()
  }

  const following = (async () => {
    try {
      const after = index.progress()
      const pages = resubscribed(server, {
        after: after === 0 ? undefined : BigInt(after),
        streams: `^${escaped(prefix)}`,
        signal: stop.signal,
      })
      for await (const { events, position } of pages) take(events, position)
    } catch (error) {
      failure = error
      for (const look of atPosition) look()
    }
  })()

  return {
    reached: async (position, ms) => {
      if (index.progress() >= position) return true
      await new Promise<void>((resolve) => {
        const done = (): void => {
          clearTimeout(timer)
          atPosition.delete(look)
          resolve()
        }
        const look = (): void => {
          if (index.progress() >= position || failure !== undefined) done()
        }
        const timer = setTimeout(done, ms)
        atPosition.add(look)
        look()
      })
      if (failure !== undefined) throw asStoreError(failure, place)
      return index.progress() >= position
    },
    expect: (id) => {
      let found: Kept | undefined
      let tell = (): void => {}
      const heard = (event: Kept): void => {
        found ??= event
        tell()
      }
      const waiting = byId.get(id) ?? new Set()
      byId.set(id, waiting.add(heard))
      return {
        seen: async (ms) => {
          if (found === undefined) {
            await new Promise<void>((resolve) => {
              const timer = setTimeout(resolve, ms)
              tell = () => {
                clearTimeout(timer)
                resolve()
              }
            })
          }
          return found
        },
        forget: () => {
          waiting.delete(heard)
          if (waiting.size === 0) byId.delete(id)
        },
      }
    },
    close: async () => {
      stop.abort()
      await following
    },
  }
}

const inOurWriting = (seen: Seen): Seen => ({ ...seen, id: ulidOf(seen.id) })

const asStoreError = (error: unknown, place: string): Error =>
  error instanceof Error ? error : new StoreUnreachable(`${place} cannot be followed.`, error)
