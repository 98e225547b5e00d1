/**
 * What a server does now and then without being asked: it records what has expired, sends the mails
 * whose turn has come, signs what was appended, and deals out leads where a company has it done on a
 * schedule.
 *
 * @module
 */
import { setTimeout } from 'node:timers/promises'
import type { Forsat } from './forsat.ts'

type Swept = Pick<Forsat, 'expireDue' | 'deliverDue' | 'assignDue' | 'audit' | 'store'>
type Report = (message: string) => void

/** Sweeps every so often until it is ended. What fails is said, and tried again the next time. */
export const startSweep = (
  { expireDue, deliverDue, assignDue, audit, store }: Swept,
  report: Report,
  everyMs = 60_000,
): AsyncDisposable => {
  const isDue = signingOf(store)
  const stopping = new AbortController()
  const sweeping = async (what: string, sweep: () => Promise<unknown>) => {
    while (!stopping.signal.aborted) {
      try {
        await sweep()
      } catch (error) {
        report(`the sweep of ${what} failed, and is tried again: ${String(error)}`)
      }
      await setTimeout(everyMs, undefined, { signal: stopping.signal }).catch(() => {})
    }
  }
  // Apart, for a mail server may be slow.
  const swept = Promise.all([
    sweeping('expired quotations', () => expireDue({ actor: 'system:expiry' })),
    sweeping('mails', () => deliverDue({ actor: 'system:mail' })),
    sweeping('checkpoints', async () => {
      if (await isDue()) await audit.keep()
    }),
    sweeping('leads', () => assignDue({ actor: 'system:assignment' })),
  ])
  return {
    [Symbol.asyncDispose]: async () => {
      stopping.abort()
      await swept
    },
  }
}

/** A checkpoint is due after so long, where anything was appended, or after so many events. */
const signingMs = 5 * 60_000
const signingEvents = 1000

const signingOf = (store: Pick<Forsat['store'], 'head'>) => {
  let last = { head: -1, at: performance.now() }
  return async (): Promise<boolean> => {
    const [head, at] = [await store.head(), performance.now()]
    const since = head - last.head
    const isDue = since >= signingEvents || (since > 0 && at - last.at >= signingMs)
    if (isDue || last.head === -1) last = { head, at }
    return isDue
  }
}
