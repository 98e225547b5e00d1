/**
 * A short look at a log whenever it is opened for writing: its end has no gaps, and its tree holds as
 * many events as it has.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { rootAt } from '@forsat/ledger'
import type { Finding } from '../store-errors.ts'
import { keptHead } from './growing-tree.ts'
import { subtreesOf } from './kept-tree.ts'
import { revisionGap, type StreamRow } from './streams-check.ts'

/** Rows looked at. */
const lastRows = 1000

export const checkEnd = (db: DatabaseSync): readonly Finding[] => {
  const end = `(SELECT pos, stream, rev FROM event ORDER BY pos DESC LIMIT ${lastRows})`
  const span = db
    .prepare(`SELECT count(*) AS rows, min(pos) AS first, max(pos) AS last FROM ${end}`)
    .get() as { readonly rows: number; readonly first: number; readonly last: number }
  const orphan = db
    .prepare(
      `SELECT pos, stream, rev FROM ${end} AS e WHERE e.rev > 0 AND NOT EXISTS
         (SELECT 1 FROM event AS p WHERE p.stream = e.stream AND p.rev = e.rev - 1 AND p.pos < e.pos)
       ORDER BY pos LIMIT 1`,
    )
    .get() as StreamRow | undefined

  const { rows, first, last } = span
  const dense = rows === 0 || (last - first + 1 === rows && (rows === lastRows || first === 1))
  const found: Finding[] = [
    ...(dense
      ? []
      : [{ code: 'INDEX_GAP' as const, detail: `the last ${rows} positions have a gap` }]),
    ...(orphan === undefined ? [] : [revisionGap(orphan)]),
  ]
  return found.length > 0 ? found : checkTree(db)
}

const checkTree = (db: DatabaseSync): readonly Finding[] => {
  const { events, ...kept } = keptHead(db)
  if (kept.head === undefined) return [stale(1, 'its tree cannot be read')]
  const { size, root } = kept.head
  if (size !== events) {
    const what = `its tree holds ${size} events, the log ${events}`
    return [stale(Math.min(size, events) + 1, what)]
  }
  return root === rootOf(db, size) ? [] : [stale(1, 'its tree does not fit its events')]
}

/** From what was kept on the way. */
const rootOf = (db: DatabaseSync, size: number): string | undefined => {
  try {
    return rootAt(size, subtreesOf(db))
  } catch {
    return undefined
  }
}

const stale = (position: number, detail: string): Finding => ({
  code: 'TREE_STALE',
  position,
  detail,
})
