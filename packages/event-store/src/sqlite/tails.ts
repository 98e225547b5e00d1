/**
 * Where the log and its streams end, remembered between transactions for as long as no other process
 * wrote.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { noStream, type Position, type Revision } from '../port.ts'

export interface Tails {
  /** To be called inside each transaction before the others. True if another process wrote. */
  readonly refresh: () => boolean
  /** Forgets all, because a transaction was undone. */
  readonly forget: () => void
  readonly head: () => { readonly position: Position; readonly recordedAt: string }
  readonly revisionOf: (stream: string) => Revision
  /** Takes over what was written. */
  readonly moved: (to: {
    readonly stream: string
    readonly revision: Revision
    readonly position: Position
    readonly recordedAt: string
  }) => void
}

/** Streams remembered at most; past that all are looked up again. */
const remembered = 100_000

export const tails = (db: DatabaseSync): Tails => {
  const version = db.prepare('PRAGMA data_version')
  const last = db.prepare('SELECT pos, recorded FROM event ORDER BY pos DESC LIMIT 1')
  const lastOf = db.prepare('SELECT rev FROM event WHERE stream = ? ORDER BY rev DESC LIMIT 1')

  const revisions = new Map<string, Revision>()
  let head: ReturnType<Tails['head']> | undefined
  let seen: unknown

  const forget = (): void => {
    revisions.clear()
    head = undefined
  }

  return {
    refresh: () => {
      const now = version.get()?.['data_version']
      if (now === seen) return false
      seen = now
      forget()
      return true
    },
    forget,
    head: () => {
      if (head === undefined) {
        const row = last.get() as { readonly pos: number; readonly recorded: string } | undefined
        head = { position: row?.pos ?? 0, recordedAt: row?.recorded ?? '' }
      }
      return head
    },
    revisionOf: (stream) => {
      const known = revisions.get(stream)
      if (known !== undefined) return known
      const row = lastOf.get(stream) as { readonly rev: number } | undefined
      return row?.rev ?? noStream
    },
    moved: ({ stream, revision, position, recordedAt }) => {
      if (revisions.size >= remembered) revisions.clear()
      revisions.set(stream, revision)
      head = { position, recordedAt }
    },
  }
}
