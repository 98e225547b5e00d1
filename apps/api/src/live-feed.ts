/**
 * The log as server-sent events: what is behind a position, then what comes, until the reader leaves or
 * the server closes. A quiet feed beats now and then, so that nobody between takes it for dead.
 *
 * @module
 */
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import type { Forsat } from '@forsat/application'
import type { EventsRequest, EventView, Scope } from '@forsat/projections'
import { granted } from './problem.ts'

const heartbeatMs = 15_000
const reconnectMs = 1_000

export interface LiveOptions {
  readonly after: number
  readonly filters: Pick<EventsRequest, 'stream' | 'type'>
  /** The server closes. */
  readonly closing: AbortSignal
}

export const liveFeed = (
  forsat: Pick<Forsat, 'store' | 'query'>,
  scope: Scope,
  { after, filters, closing }: LiveOptions,
): PassThrough => {
  const out = new PassThrough()
  const left = new AbortController()
  out.once('close', () => left.abort())
  const signal = AbortSignal.any([closing, left.signal])
  const beat = setInterval(() => out.write(': still here\n\n'), heartbeatMs)
  out.write(`retry: ${reconnectMs}\n\n`)

  const write = async (event: EventView): Promise<void> => {
    const message = `id: ${event.position}\ndata: ${JSON.stringify(event)}\n\n`
    if (!out.write(message) && !signal.aborted) await once(out, 'drain', { signal })
  }
  const follow = async (): Promise<void> => {
    let seen = after
    for await (const page of forsat.store.follow({ after, signal })) {
      const to = page.at(-1)?.position ?? seen
      while (seen < to && !signal.aborted) {
        const asked = { ...filters, after: seen, limit: 200 }
        const { items, next } = granted(await forsat.query.events(scope, asked))
        for (const event of items) await write(event)
        seen = next === undefined ? to : Number(next)
      }
    }
  }
  void follow()
    .catch((error: unknown) => {
      if (!signal.aborted) out.destroy(error instanceof Error ? error : new Error(String(error)))
    })
    .finally(() => {
      clearInterval(beat)
      out.end()
    })
  return out
}
