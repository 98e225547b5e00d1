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
  wait(position: Position, waiting: ProgressWaiting): Promise<boolean>
}

interface ProgressWaiting {
  readonly timeoutMs: number
  /** Which read models; by default all. */
  readonly names?: readonly string[] | undefined
  /** Whether waiting is in vain. */
  readonly isHopeless: () => boolean
}

export const progress = (positions: () => ReadonlyMap<string, Position>): Progress => {
  const waiting = new Set<() => void>()

  const isReached = (position: Position, names: readonly string[] | undefined): boolean => {
    const known = positions()
    const wanted = names ?? [...known.keys()]
    return wanted.every((name) => (known.get(name) ?? -1) >= position)
  }

  return {
    tell: () => {
      for (const look of waiting) look()
    },
    wait: (position, { timeoutMs, names, isHopeless }) =>
      new Promise((resolve, reject) => {
        const end = performance.now() + timeoutMs
        const settle = (isThere: boolean) => {
          clearInterval(timer)
          waiting.delete(look)
          resolve(isThere)
        }
        const look = () => {
          try {
            if (isReached(position, names)) settle(true)
            else if (isHopeless() || performance.now() >= end) settle(false)
          } catch (error) {
            clearInterval(timer)
            waiting.delete(look)
            reject(error)
          }
        }
        const timer = setInterval(look, lookMs)
        waiting.add(look)
        look()
      }),
  }
}
