/**
 * Waiting for read models to come as far as an event. What this process projects is told at once;
 * what another does is looked for.
 *
 * @module
 */
import type { Position } from '@forsat/event-store'

/** How often it is looked for, in milliseconds. */
const lookMs = 10

export interface Progress {
  /** Says that something may have moved on. */
  readonly tell: () => void
  readonly wait: (position: Position, waiting: ProgressWaiting) => Promise<boolean>
  /** Resolves as soon as anybody waits, at the latest after so many milliseconds. */
  readonly wanted: (atMostMs: number, signal: AbortSignal) => Promise<void>
}

interface ProgressWaiting {
  readonly timeoutMs: number
  /** Which read models; by default all. */
  readonly names?: readonly string[] | undefined
  /** Whether waiting is in vain. */
  readonly isHopeless: () => boolean
}

/** One who waits: settled by an answer, or by an error of the look itself. */
interface Waiter {
  readonly look: (known: ReadonlyMap<string, Position>) => boolean
  readonly fail: (error: unknown) => void
}

export const progress = (positions: () => ReadonlyMap<string, Position>): Progress => {
  const waiters = new Set<Waiter>()
  let timer: NodeJS.Timeout | undefined
  let soon: NodeJS.Immediate | undefined
  let someoneWaits = (): void => {}

  /** One look serves all who wait. */
  const lookForAll = (): void => {
    try {
      const known = positions()
      for (const waiter of waiters) if (waiter.look(known)) waiters.delete(waiter)
    } catch (error) {
      for (const waiter of waiters) waiter.fail(error)
      waiters.clear()
    }
    if (waiters.size === 0) {
      clearInterval(timer)
      timer = undefined
    } else timer ??= setInterval(lookForAll, lookMs)
  }

  /** Who begins to wait in the same turn is looked for together. */
  const lookSoon = (): void => {
    if (soon !== undefined) return
    soon = setImmediate(() => {
      soon = undefined
      lookForAll()
    })
  }

  return {
    tell: () => {
      if (waiters.size > 0) lookForAll()
    },
    wait: (position, { timeoutMs, names, isHopeless }) =>
      new Promise((resolve, reject) => {
        const end = performance.now() + timeoutMs
        const look: Waiter['look'] = (known) => {
          const wanted = names ?? [...known.keys()]
          const isThere = wanted.every((name) => (known.get(name) ?? -1) >= position)
          const isOver = isThere || isHopeless() || performance.now() >= end
          if (isOver) resolve(isThere)
          return isOver
        }
        waiters.add({ look, fail: reject })
        someoneWaits()
        lookSoon()
      }),
    wanted: (atMostMs, signal) =>
      new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(late)
          signal.removeEventListener('abort', done)
          resolve()
        }
        const late = setTimeout(done, atMostMs)
        if (waiters.size > 0 || signal.aborted) return done()
        someoneWaits = done
        signal.addEventListener('abort', done)
      }),
  }
}
