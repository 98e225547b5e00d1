/**
 * News of appends by any process. SQLite tells by a number that changes with each commit of another
 * connection; watching the file would tell before the commit can be seen.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { type Bell, bell } from '../news.ts'
import { connect, patiently } from './connection.ts'
import { othersWrote } from './others-wrote.ts'

/** How often the number is asked while somebody waits. It costs some microseconds. */
const everyMs = 10

export interface Watch extends Bell {
  readonly close: () => void
}

/** The connection is its own, and never writes: so its number changes with our own appends too. */
export const watch = (path: string): Watch => {
  const inner = bell()
  let connection: DatabaseSync | undefined
  let hasNews: (() => boolean) | undefined
  let timer: NodeJS.Timeout | undefined

  const look = (): void => {
    if (hasNews === undefined) {
      const db = connect(path, { readOnly: true })
      const isStale = othersWrote(db)
      hasNews = () => patiently(db, isStale)
      connection = db
    }
    if (hasNews()) inner.ring()
  }

  const tick = (): void => {
    timer = undefined
    try {
      look()
      keepLooking()
    } catch (error) {
      inner.stop(error instanceof Error ? error : new Error(String(error)))
    }
  }

  const keepLooking = (): void => {
    if (inner.awaited && !inner.stopped) timer ??= setTimeout(tick, everyMs)
  }

  const stop: Bell['stop'] = (error) => {
    clearTimeout(timer)
    inner.stop(error)
  }

  return {
    ring: inner.ring,
    stop,
    count: () => {
      look()
      return inner.count()
    },
    after: (count, signal) => {
      const heard = inner.after(count, signal)
      keepLooking()
      return heard
    },
    close: () => {
      stop()
      connection?.close()
    },
    get stopped() {
      return inner.stopped
    },
    get awaited() {
      return inner.awaited
    },
  }
}
