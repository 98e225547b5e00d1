/**
 * Keeps the write-ahead log of the read models short. Moving it into their file waits for the disk,
 * so a thread of its own does that: where the read models are written, nobody should wait.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { Worker } from 'node:worker_threads'

export interface Emptying {
  /** Says that a transaction was written on this connection. */
  readonly wrote: (db: DatabaseSync) => void
  readonly stop: () => Promise<void>
}

interface Pace {
  /** So many transactions, and so much time, pass before it is worth while. */
  readonly transactions: number
  readonly everyMs: number
}

// A page is moved once, however often it was written since the last time: rarely is cheaper.
const usualPace: Pace = { transactions: 128, everyMs: 3000 }

/** The log may grow to so many pages before the connection that writes moves it itself. */
const mostPages = 16_000

export const emptying = (path: string, { transactions, everyMs }: Pace = usualPace): Emptying => {
  let written = 0
  let since = performance.now()
  let isBusy = false
  let worker: Worker | undefined

  const hire = (): Worker => {
    // Built files lie beside each other as sources do; sources are run as they are.
    const kind = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
    const hired = new Worker(new URL(`./emptying-worker.${kind}`, import.meta.url), {
      workerData: path,
    })
    hired.on('message', () => {
      isBusy = false
    })
    // Whoever writes finds out what is wrong with the file, and tells of it.
    hired.on('error', () => {
      worker = undefined
      isBusy = false
    })
    hired.unref()
    return hired
  }

  return {
    wrote: (db) => {
      written += 1
      const now = performance.now()
      if (isBusy || written < transactions || now - since < everyMs) return
      ;[written, since, isBusy] = [0, now, true]
      db.exec(`PRAGMA wal_autocheckpoint = ${mostPages}`)
      worker ??= hire()
      worker.postMessage('empty')
    },
    stop: async () => {
      await worker?.terminate()
    },
  }
}
