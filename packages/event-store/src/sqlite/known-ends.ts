/**
 * How far the log and its streams go, remembered for as long as no other process wrote: whoever has
 * read to an end, or has just appended to it, need not ask the file whether there is more.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import type { Position, Revision } from '../port.ts'
import { othersWrote } from './others-wrote.ts'

export interface KnownEnds {
  /** Whether a stream surely has nothing from this revision on. */
  readonly isBeyond: (stream: string, from: Revision) => boolean
  /** The last revision of a stream, where it is known; inside a transaction that began by looking. */
  readonly lastOf: (stream: string) => Revision | undefined
  readonly keep: (stream: string, last: Revision) => void
  /** Where the log ends; looked up where that is not known. */
  readonly head: (lookUp: () => Position) => Position
  readonly keepHead: (position: Position) => void
  /** Forgets all, because a transaction was undone. */
  readonly forget: () => void
}

/** How many streams are remembered. */
const most = 50_000

/** On the connection that writes: its number changes with the commits of others alone. */
export const knownEnds = (db: DatabaseSync): KnownEnds => {
  const isStale = othersWrote(db)
  const ends = new Map<string, Revision>()
  let head: Position | undefined
  let isFresh = false

  const forget = (): void => {
    ends.clear()
    head = undefined
  }

  /** Once a turn is enough: who read in the same turn might as well have read a moment earlier. */
  const refresh = (): void => {
    if (isFresh) return
    isFresh = true
    setImmediate(() => {
      isFresh = false
    })
    if (isStale()) forget()
  }

  return {
    isBeyond: (stream, from) => {
      refresh()
      const last = ends.get(stream)
      return last !== undefined && from > last
    },
    lastOf: (stream) => ends.get(stream),
    keep: (stream, last) => {
      const known = ends.get(stream)
      if (known !== undefined && known >= last) return
      if (ends.size >= most) ends.clear()
      ends.set(stream, last)
    },
    head: (lookUp) => {
      refresh()
      head ??= lookUp()
      return head
    },
    keepHead: (position) => {
      head = position
    },
    forget,
  }
}
