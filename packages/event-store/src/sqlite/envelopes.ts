/**
 * The hashes of all envelopes, in pages of bare rows: a page is read whole, and nothing of it is kept.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { type Hash, leafHash } from '@forsat/ledger'

/** Of events a page. */
const pageRows = 2048

export interface HashedPage {
  /** The last position of the page, whether or not an event stands there. */
  readonly to: number
  readonly hashes: readonly Hash[]
}

export function* hashedEnvelopes(db: DatabaseSync, last: number): Generator<HashedPage> {
  const page = db.prepare('SELECT env FROM event WHERE pos > ? AND pos <= ? ORDER BY pos')
  page.setReturnArrays(true)
  for (let from = 0; from < last; from += pageRows) {
    const to = Math.min(from + pageRows, last)
    const rows = page.all(from, to) as unknown as readonly (readonly [string])[]
    yield { to, hashes: rows.map(([envelope]) => leafHash(envelope)) }
  }
}
