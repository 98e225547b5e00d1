/**
 * The index of streams against the log: each stream dense from its first revision, in the order of
 * positions, and nothing left out.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import type { Position } from '../port.ts'
import type { Finding } from '../store-errors.ts'

/** Rows a page, between which others get their turn. */
const pageRows = 1000

export interface StreamRow {
  readonly pos: number
  readonly stream: string
  readonly rev: number
}

export const revisionGap = ({ pos, stream, rev }: StreamRow): Finding => ({
  code: 'REVISION_GAP',
  position: pos,
  detail: `${stream} has no revision ${rev - 1} before its revision ${rev}`,
})

/** The streams in the order of their index, which must list what the log lists. */
export function* streamPages(db: DatabaseSync, head: Position): Generator<Finding[]> {
  const rowsAfter = db.prepare(
    `SELECT pos, stream, rev FROM event WHERE (stream, rev) > (?, ?) AND pos <= ?
     ORDER BY stream, rev LIMIT ?`,
  )
  let before: StreamRow = { pos: 0, stream: '', rev: -1 }
  let listed = 0
  for (;;) {
    const rows = rowsAfter.all(before.stream, before.rev, head, pageRows) as unknown as StreamRow[]
    if (rows.length === 0) break
    const found: Finding[] = []
    for (const row of rows) {
      const follows = row.stream === before.stream
      const dense = follows ? row.rev === before.rev + 1 && row.pos > before.pos : row.rev === 0
      if (!dense) found.push(revisionGap(row))
      before = row
    }
    listed += rows.length
    yield found
  }
  const { events } = db
    .prepare('SELECT count(*) AS events FROM event NOT INDEXED WHERE pos <= ?')
    .get(head) as { readonly events: number }
  if (events !== listed) {
    yield [
      { code: 'UNREADABLE', detail: `the index of streams lists ${listed} of ${events} events` },
    ]
  }
}
