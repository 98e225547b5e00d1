/**
 * News of a log: lets a follower sleep until something was appended, without missing what was
 * appended while it read.
 *
 * @module
 */
import type { Follow, Position, StoredEvent } from './port.ts'

export interface News {
  /** How much news there was so far; to be asked before reading. */
  readonly count: () => number
  /** Resolves once there was more than that, or the signal aborts; rejects when the source died. */
  readonly after: (count: number, signal: AbortSignal) => Promise<void>
}

/** News that is rung by hand. */
export interface Bell extends News {
  readonly ring: () => void
  /** Ends every wait, now and later: with the error, or in peace. */
  readonly stop: (error?: Error) => void
  readonly stopped: boolean
  /** Whether anybody waits. */
  readonly awaited: boolean
}

export const bell = (): Bell => {
  let rings = 0
  let end: { readonly error: Error | undefined } | undefined
  const waiting = new Set<() => void>()
  const wake = (): void => {
    const woken = [...waiting]
    waiting.clear()
    for (const each of woken) each()
  }
  return {
    count: () => rings,
    after: async (count, signal) => {
      if (rings === count && end === undefined && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const done = (): void => {
            signal.removeEventListener('abort', done)
            waiting.delete(done)
            resolve()
          }
          waiting.add(done)
          signal.addEventListener('abort', done)
        })
      }
      if (end?.error !== undefined) throw end.error
    },
    ring: () => {
      rings += 1
      wake()
    },
    stop: (error) => {
      end ??= { error }
      wake()
    },
    get stopped() {
      return end !== undefined
    },
    get awaited() {
      return waiting.size > 0
    },
  }
}

/** Pages of what is there, then of what comes, until the signal aborts or the store is closed. */
export async function* followed(
  { after = 0, pageSize = defaultPage, signal }: Follow,
  readPage: (after: Position, size: number) => readonly StoredEvent[],
  news: News & { readonly stopped: boolean },
): AsyncGenerator<readonly StoredEvent[], void, undefined> {
  let position = after
  while (!signal.aborted && !news.stopped) {
    const heard = news.count()
    const page = readPage(position, pageSize)
    const last = page.at(-1)
    if (last === undefined) {
      await news.after(heard, signal)
    } else {
      position = last.position
      yield page
    }
  }
}

/** Events a page, where the caller does not say. */
export const defaultPage = 1000
