/**
 * Where the log ends, remembered between transactions for as long as no other process wrote.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import type { Position } from '../port.ts'
import { othersWrote } from './others-wrote.ts'

interface LogEnd {
  readonly position: Position
  readonly recordedAt: string
}

export interface EndOfLog {
  /** To be called inside each transaction before the others. True if another process wrote. */
  readonly refresh: () => boolean
  /** Forgets it, because a transaction was undone. */
  readonly forget: () => void
  readonly now: () => LogEnd
  /** Takes over what was written. */
  readonly moved: (to: LogEnd) => void
}

export const endOfLog = (db: DatabaseSync): EndOfLog => {
  const isStale = othersWrote(db)
  const last = db.prepare('SELECT pos, recorded FROM event ORDER BY pos DESC LIMIT 1')
  let end: LogEnd | undefined

  return {
    refresh: () => {
      if (!isStale()) return false
      end = undefined
      return true
    },
    forget: () => {
      end = undefined
    },
    now: () => {
      if (end === undefined) {
        const row = last.get() as { readonly pos: number; readonly recorded: string } | undefined
        end = { position: row?.pos ?? 0, recordedAt: row?.recorded ?? '' }
      }
      return end
    },
    moved: (to) => {
      end = to
    },
  }
}
