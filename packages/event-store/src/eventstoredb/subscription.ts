/**
 * One subscription of the client as a queue that is read in pages: events and the server's checkpoints
 * in the order in which they came.
 *
 * @module
 */
import type {
  AllStreamResolvedEvent,
  AllStreamSubscription,
  Position as LogPosition,
} from '@eventstore/db-client'
import { ServerGone } from './failures.ts'
import { type Kept, keptOf } from './kept.ts'

/** An event; or word that everything up to a position was looked at. */
export type Arrival =
  | { readonly kind: 'event'; readonly event: Kept }
  | { readonly kind: 'checkpoint'; readonly position: bigint }

/** The queue holds no more than this before the server is told to wait. */
const queueLimit = 1000

type Checkpointed = (subscription: unknown, position: LogPosition) => void

/** Pages of what came. Whatever ends the subscription, nothing of it stays open. */
export async function* arrivals(
  open: (checkpointReached: Checkpointed) => AllStreamSubscription,
  signal: AbortSignal,
): AsyncGenerator<readonly Arrival[], void, undefined> {
  let queue: Arrival[] = []
  let failure: Error | undefined
  let wake = (): void => {}

  const subscription = open((_subscription, { commit }) => {
    queue.push({ kind: 'checkpoint', position: commit })
    wake()
  })
  const fail = (error: Error): void => {
    failure ??= error
    wake()
  }
  // Without a listener an error would end the process.
  subscription.on('error', fail)
  // Servers close politely too, and mean the same.
  subscription.on('end', () => fail(new ServerGone('the server ended the subscription')))
  subscription.on('data', (resolved: AllStreamResolvedEvent) => {
    const event = keptOf(resolved)
    if (event !== undefined) queue.push({ kind: 'event', event })
    if (queue.length >= queueLimit) subscription.pause()
    wake()
  })
  const stop = (): void => wake()
  signal.addEventListener('abort', stop)
  try {
    while (!signal.aborted) {
      if (queue.length > 0) {
        const page = queue
        queue = []
        yield page
        subscription.resume()
      } else if (failure !== undefined) {
        throw failure
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
  } finally {
    signal.removeEventListener('abort', stop)
    // Where the call could not even be made there is nothing to end.
    await subscription.unsubscribe().catch(() => {})
  }
}
