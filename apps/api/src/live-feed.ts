/**
 * The log as server-sent events: what is behind a position, then what comes, until the reader leaves or
 * the server closes. A quiet feed beats now and then, so that nobody between takes it for dead.
 *
 * @module
 */
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import type { Forsat } from '@forsat/application'
import type { EventsRequest, Scope } from '@forsat/projections'
import { logEnd } from './log-end.ts'
import type { Patience } from './patience.ts'
import { granted, Refused } from './problem.ts'

const heartbeatMs = 15_000
const reconnectMs = 1_000

export interface LiveOptions {
  readonly after: number
  readonly filters: Pick<EventsRequest, 'stream' | 'type'>
}

export interface LiveFeeds {
  readonly open: (scope: Scope, options: LiveOptions) => PassThrough
}

/** The feeds of a server. Thousands may be open, and most of them have the same to tell. */
export const liveFeeds = (
  forsat: Pick<Forsat, 'store' | 'query'>,
  { closing, patience }: { readonly closing: AbortSignal; readonly patience: Patience },
): LiveFeeds => {
  const end = logEnd(forsat.store, closing)
  const partOf = parts(forsat.query)
  let count = 0

  const open: LiveFeeds['open'] = (scope, { after, filters }) => {
    if (count >= patience.feeds) throw new Refused({ type: 'NotReady' })
    count += 1
    const out = new PassThrough()
    const left = new AbortController()
    out.once('close', () => {
      count -= 1
      left.abort()
    })
    const signal = AbortSignal.any([closing, left.signal])
    const beat = setInterval(() => {
      if (!out.writableNeedDrain) out.write(': still here\n\n')
    }, heartbeatMs)
    out.write(`retry: ${reconnectMs}\n\n`)

    /** Nothing is kept for a reader who does not take it: he is let go, and may come again. */
    const write = async (messages: Buffer): Promise<void> => {
      if (messages.length === 0 || out.write(messages)) return
      await once(out, 'drain', {
        signal: AbortSignal.any([signal, AbortSignal.timeout(patience.readerMs)]),
      })
    }
    const follow = async (): Promise<void> => {
      for (let seen = after; !signal.aborted; ) {
        const to = await end.beyond(seen, signal)
        while (seen < to && !signal.aborted) {
          const part = await partOf(scope, { ...filters, after: seen, to })
          await write(part.messages)
          seen = part.seen
        }
      }
    }
    void follow()
      // Whether it was cut off or is at its end, its reader goes on from the last message he has.
      .catch(() => out.destroy())
      .finally(() => {
        clearInterval(beat)
        out.end()
      })
    return out
  }
  return { open }
}

interface Asked extends Pick<EventsRequest, 'stream' | 'type'> {
  readonly after: number
  /** The end of the log, as far as it is known. */
  readonly to: number
}

/** Messages of a feed, and up to where they tell of the log. */
interface Part {
  readonly messages: Buffer
  readonly seen: number
}

/** How long a part is kept for others who ask for the same. */
const keptMs = 500

/** Parts are made once for all who stand at the same place and see the same. */
const parts = (query: Forsat['query']) => {
  const made = new Map<string, Promise<Part>>()

  const make = async (scope: Scope, { to, ...asked }: Asked): Promise<Part> => {
    const { items, next } = granted(await query.events(scope, { ...asked, limit: 200 }))
    const messages = items.map(
      (event) => `id: ${event.position}\ndata: ${JSON.stringify(event)}\n\n`,
    )
    // The log may have grown since: what is told already is not told again.
    const last = Math.max(to, Number(items.at(-1)?.position ?? 0))
    return {
      messages: Buffer.from(messages.join('')),
      seen: next === undefined ? last : Number(next),
    }
  }

  return (scope: Scope, asked: Asked): Promise<Part> => {
    const key = JSON.stringify([scope, asked])
    const known = made.get(key)
    if (known !== undefined) return known
    const part = make(scope, asked)
    made.set(key, part)
    setTimeout(() => made.delete(key), keptMs).unref()
    return part
  }
}
