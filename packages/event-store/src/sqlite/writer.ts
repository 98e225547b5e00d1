/**
 * The one way to write: pieces of work that arrive together share a transaction and its flush to the
 * disk. Waiting for other processes never blocks this one.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { isBusy, unreachable } from './connection.ts'

export interface Writer {
  /**
   * Resolves with what the work returned, once that is durable. The work is synchronous and touches
   * nothing but the database: if another's work fails it is undone and done again.
   */
  readonly write: <Result>(work: () => Result) => Promise<Result>
  /** Finishes what waits, then takes no more. */
  readonly close: () => Promise<void>
}

export interface WriterOptions {
  readonly db: DatabaseSync
  readonly path: string
  /** Called inside each new transaction, before its work. */
  readonly begun: () => void
  /** Called inside each transaction, after its work. */
  readonly ending: () => void
  /** Called when a transaction was undone: what was remembered of it never was. */
  readonly undone: () => void
  /** Called after each transaction that is durable. */
  readonly committed: () => void
  /** Whether other processes may be waiting to write. */
  readonly contended: () => boolean
}

/** How long work that goes on arriving is gathered for one transaction. */
const gatherMs = 10
/** A transaction takes no new work after this long, so that others get their turn. */
const transactionMs = 50
/** With other processes around the lock is let go at least this often, for so long. */
const turnMs = 25
const pauseMs = 2
/** Who cannot begin for this long gives up aloud: whoever waits for an answer is better told than kept. */
const patienceMs = 5000

interface Job {
  readonly work: () => unknown
  readonly resolve: (result: never) => void
  readonly reject: (error: unknown) => void
}

/** Begins a write transaction, once nobody else is in one. */
const lock = async (db: DatabaseSync, path: string): Promise<void> => {
  const since = performance.now()
  for (;;) {
    try {
      db.exec('BEGIN IMMEDIATE')
      return
    } catch (error) {
      if (!isBusy(error)) throw error
      if (performance.now() - since > patienceMs) throw unreachable(error, path)
    }
    await setTimeout(Math.random() * 2)
  }
}

/** One piece of work in a transaction of its own. */
export const alone = async (db: DatabaseSync, path: string, work: () => void): Promise<void> => {
  await lock(db, path)
  try {
    work()
    db.exec('COMMIT')
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}

export const writer = (options: WriterOptions): Writer => {
  const { db, path, begun, ending, undone, committed, contended } = options
  let waiting: Job[] = []
  let draining: Promise<void> | undefined
  let closed = false

  const rollback = (): void => {
    if (db.isTransaction) db.exec('ROLLBACK')
    undone()
  }

  /** Does what waits, for as long as a transaction may last, and returns what to tell whom. */
  const work = (): (() => void)[] => {
    const since = performance.now()
    const answers: (() => void)[] = []
    let done = 0
    try {
      begun()
      for (const { work: task, resolve } of waiting) {
        if (performance.now() - since > transactionMs) break
        const result = task()
        answers.push(() => resolve(result as never))
        done += 1
      }
    } catch (error) {
      // One failed: it is told so, and the others are done again without it.
      rollback()
      const [failed] = waiting.splice(done, 1)
      return [() => failed?.reject(unreachable(error, path))]
    }
    const served = waiting.slice(0, done)
    waiting = waiting.slice(done)
    try {
      ending()
      db.exec('COMMIT')
    } catch (error) {
      rollback()
      return served.map(
        ({ reject }) =>
          () =>
            reject(unreachable(error, path)),
      )
    }
    committed()
    return answers
  }

  /** Waits for as long as each turn brings more work: what one flush saves is dear, a turn is not. */
  const gathered = async (): Promise<void> => {
    const since = performance.now()
    for (let seen = 0; waiting.length > seen && performance.now() - since < gatherMs; ) {
      seen = waiting.length
      await setImmediate()
    }
  }

  const drain = async (): Promise<void> => {
    let turn = performance.now()
    try {
      while (waiting.length > 0) {
        await gathered()
        await lock(db, path)
        for (const tell of work()) tell()
        await setImmediate()
        if (contended() && performance.now() - turn > turnMs) {
          await setTimeout(pauseMs)
          turn = performance.now()
        }
      }
    } catch (error) {
      for (const { reject } of waiting) reject(unreachable(error, path))
      waiting = []
    } finally {
      draining = undefined
    }
  }

  return {
    write: (task) =>
      new Promise((resolve, reject) => {
        if (closed) throw new Error('the store is closed')
        waiting.push({ work: task, resolve, reject })
        draining ??= drain()
      }),
    close: async () => {
      closed = true
      await draining
    },
  }
}
