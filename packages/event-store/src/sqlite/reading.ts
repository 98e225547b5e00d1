/**
 * Reading pages of events. A page is read whole, as arrays, and never left open.
 *
 * @module
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Position, Revision, SealedPart, StoredEvent } from '../port.ts'
import { patiently } from './connection.ts'

export interface Reading {
  readonly page: (after: Position, to: Position, size: number) => readonly StoredEvent[]
  readonly streamPage: (
    stream: string,
    from: Revision,
    to: Revision,
    size: number,
  ) => readonly StoredEvent[]
  readonly find: (id: string) => StoredEvent | undefined
  readonly head: () => Position
}

const columns = `pos, id, stream, rev, type, company, occurred, recorded, actor, on_behalf_of, corr,
  cause, sealed, data`
const sealedColumns = 's.pos, s.subject, s.purpose, s.key_id, s.iv, s.ct, s.tag, s.commitment'

type EventRow = readonly [
  pos: number,
  id: string,
  stream: string,
  rev: number,
  type: string,
  company: string | null,
  occurred: string,
  recorded: string,
  actor: string,
  onBehalfOf: string | null,
  corr: string,
  cause: string | null,
  sealed: number,
  data: string,
]
type SealedRow = readonly [
  pos: number,
  subject: string,
  purpose: string,
  keyId: string,
  iv: Uint8Array,
  ct: Uint8Array,
  tag: Uint8Array,
  commitment: string,
]

const none: readonly SealedPart[] = []
const endOfLog = Number.MAX_SAFE_INTEGER

export const reading = (db: DatabaseSync): Reading => {
  const rows = (sql: string): StatementSync => {
    const statement = db.prepare(sql)
    statement.setReturnArrays(true)
    return statement
  }
  // Where a parameter alone is the limit, SQLite compiles the statement anew each time it is bound.
  const log = rows(
    `SELECT ${columns} FROM event WHERE pos > ? AND pos <= ? ORDER BY pos LIMIT ? + 0`,
  )
  const logSealed = rows(
    `SELECT ${sealedColumns} FROM event_sealed s WHERE s.pos BETWEEN ? AND ? ORDER BY s.pos`,
  )
  const stream = rows(
    `SELECT ${columns} FROM event WHERE stream = ? AND rev >= ? AND rev <= ? ORDER BY rev LIMIT ? + 0`,
  )
  const streamSealed = rows(
    `SELECT ${sealedColumns} FROM event e JOIN event_sealed s ON s.pos = e.pos
     WHERE e.stream = ? AND e.rev BETWEEN ? AND ? ORDER BY e.rev`,
  )
  const byId = rows(`SELECT ${columns} FROM event WHERE id = ?`)
  const last = rows('SELECT max(pos) FROM event')

  /** Events with their boxes, which are asked for only where some were sealed. */
  const events = (
    found: readonly EventRow[],
    sealedOf: (first: EventRow, last: EventRow) => readonly SealedRow[],
  ): readonly StoredEvent[] => {
    const sealed = found.filter((row) => row[12] > 0)
    const [first, end] = [sealed[0], sealed.at(-1)]
    if (first === undefined || end === undefined) return found.map((row) => event(row, none))
    const boxes = new Map<Position, SealedPart[]>()
    for (const row of sealedOf(first, end)) {
      const there = boxes.get(row[0])
      if (there === undefined) boxes.set(row[0], [part(row)])
      else there.push(part(row))
    }
    return found.map((row) => event(row, boxes.get(row[0]) ?? none))
  }

  const logBoxes = (first: EventRow, end: EventRow) =>
    logSealed.all(first[0], end[0]) as unknown as SealedRow[]

  return {
    page: (after, to, size) =>
      patiently(db, () =>
        events(log.all(after, Math.min(to, endOfLog), size) as unknown as EventRow[], logBoxes),
      ),
    streamPage: (name, from, to, size) =>
      patiently(db, () =>
        events(
          stream.all(name, from, Math.min(to, endOfLog), size) as unknown as EventRow[],
          (first, end) => streamSealed.all(name, first[3], end[3]) as unknown as SealedRow[],
        ),
      ),
    find: (id) => patiently(db, () => events(byId.all(id) as unknown as EventRow[], logBoxes)[0]),
    head: () => {
      const [head] = patiently(db, () => last.get()) as unknown as [number | null]
      return head ?? 0
    },
  }
}

const event = (row: EventRow, sealed: readonly SealedPart[]): StoredEvent => ({
  position: row[0],
  id: row[1],
  stream: row[2],
  revision: row[3],
  type: row[4],
  company: row[5] ?? undefined,
  occurredAt: row[6],
  recordedAt: row[7],
  actor: row[8],
  onBehalfOf: row[9] ?? undefined,
  correlationId: row[10],
  causationId: row[11] ?? undefined,
  data: row[13],
  sealed,
})

const part = (row: SealedRow): SealedPart => ({
  subject: row[1],
  purpose: row[2],
  keyId: row[3],
  iv: row[4],
  ciphertext: row[5],
  tag: row[6],
  commitment: row[7],
})
