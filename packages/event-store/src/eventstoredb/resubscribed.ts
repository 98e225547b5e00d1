/**
 * A subscription that outlives its connection: dropped for whatever reason it goes on behind what was
 * handled, skips what comes twice, and never lets a checkpoint run ahead.
 *
 * @module
 */
import { setTimeout } from 'node:timers/promises'
import { ServerGone } from './failures.ts'
import type { Kept } from './kept.ts'
import type { ServerConnection, Subscribe } from './server.ts'

/** Events, and the position up to which everything was looked at once they are handled. */
export interface HandledPage {
  readonly events: readonly Kept[]
  readonly position: bigint
}

const firstPauseMs = 50
const longestPauseMs = 5000

export async function* resubscribed(
  server: Pick<ServerConnection, 'subscribe'>,
  { after, streams, signal }: Subscribe & { readonly signal: AbortSignal },
): AsyncGenerator<HandledPage, void, undefined> {
  // Both move only when the reader comes back for more: then the page before is handled.
  let handled = after
  let looked = after
  let pauseMs = firstPauseMs
  while (!signal.aborted) {
    try {
      for await (const page of server.subscribe({ after: looked, streams }, signal)) {
        pauseMs = firstPauseMs
        const events: Kept[] = []
        let [last, checked] = [handled, looked]
        for (const arrival of page) {
          if (arrival.kind === 'checkpoint') {
            if (checked === undefined || arrival.position > checked) checked = arrival.position
          } else if (arrival.event.position !== undefined) {
            const { position } = arrival.event
            if (last !== undefined && position <= last) continue
            events.push(arrival.event)
            last = position
            if (checked === undefined || position > checked) checked = position
          }
        }
        if (checked === undefined || checked === looked) continue
        yield { events, position: checked }
        handled = last
        looked = checked
      }
    } catch (error) {
      if (!(error instanceof ServerGone)) throw error
    }
    if (signal.aborted) return
    // Not all at once: with the server back, all of its subscribers are.
    await setTimeout(pauseMs * (0.5 + Math.random()), undefined, { signal }).catch(() => {})
    pauseMs = Math.min(pauseMs * 2, longestPauseMs)
  }
}
