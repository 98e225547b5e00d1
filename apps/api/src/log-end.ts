/**
 * Where the log ends, followed once for all who wait for more.
 *
 * @module
 */
import { type Bell, bell, type EventStore } from '@forsat/event-store'

export interface LogEnd {
  /** The end, once it lies beyond a position or the signal aborts; rejects when the log cannot be followed. */
  readonly beyond: (position: number, signal: AbortSignal) => Promise<number>
}

export const logEnd = (
  store: Pick<EventStore, 'follow' | 'head'>,
  closing: AbortSignal,
): LogEnd => {
  let end = 0
  let news: Bell | undefined

  const follow = async (ring: () => void): Promise<void> => {
    end = await store.head()
    ring()
    for await (const page of store.follow({ after: end, signal: closing })) {
      end = page.at(-1)?.position ?? end
      ring()
    }
  }

  /** Who comes after the log could not be followed tries anew: perhaps that has passed. */
  const followed = (): Bell => {
    const rung = bell()
    follow(rung.ring)
      .then(() => rung.stop())
      .catch((error: unknown) =>
        rung.stop(error instanceof Error ? error : new Error(String(error))),
      )
      .finally(() => {
        news = undefined
      })
    return rung
  }

  return {
    beyond: async (position, signal) => {
      news ??= followed()
      const heard = news
      const isOver = () => end > position || signal.aborted || heard.stopped
      while (!isOver()) await heard.after(heard.count(), signal)
      return end
    },
  }
}
