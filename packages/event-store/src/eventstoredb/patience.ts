/**
 * How long the adapter goes on asking a server that is away.
 *
 * @module
 */
import { setTimeout } from 'node:timers/promises'
import { StoreUnreachable } from '../store-errors.ts'
import { ServerGone } from './failures.ts'

const firstPauseMs = 20
const longestPauseMs = 1000

/** Pauses that grow, no two callers' alike, until the time is over. */
export const pauses = (ms: number) => {
  const until = performance.now() + ms
  let pauseMs = firstPauseMs
  return {
    /** False once there is no time left for another attempt. */
    wait: async (): Promise<boolean> => {
      const pause = pauseMs * (0.5 + Math.random())
      if (performance.now() + pause > until) return false
      await setTimeout(pause)
      pauseMs = Math.min(pauseMs * 2, longestPauseMs)
      return true
    },
  }
}

/** Reads again while the server is away, for so long; reading twice does no harm. */
export const patiently = async <Result>(
  read: () => Promise<Result>,
  { ms, place }: { readonly ms: number; readonly place: string },
): Promise<Result> => {
  const pause = pauses(ms)
  for (;;) {
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof ServerGone)) throw error
      if (!(await pause.wait())) {
        const [why = ''] = error.message.split('\n')
        throw new StoreUnreachable(`${place} cannot be reached: ${why}`, error)
      }
    }
  }
}
