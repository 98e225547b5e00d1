/**
 * Checking a log against itself: a short look at its end whenever it is opened, and a full one after
 * an unclean end or when asked. Proof against a forger is the ledger's, not this.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { canonical, dataCommitment } from '@forsat/ledger'
import type { Position } from '../port.ts'
import type { Finding } from '../store-errors.ts'

/** Rows looked at whenever the store is opened. */
const lastRows = 1000
/** Rows a page of the full check, between which others get their turn. */
const pageRows = 1000
/** Findings listed at most; a log with more is not read on. */
const mostFindings = 100

/** Positions and revisions of the last rows have no gaps. */
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
  return [
    ...(dense
      ? []
      : [{ code: 'INDEX_GAP' as const, detail: `the last ${rows} positions have a gap` }]),
    ...(orphan === undefined ? [] : [revisionGap(orphan)]),
  ]
}

interface StreamRow {
  readonly pos: number
  readonly stream: string
  readonly rev: number
}

const revisionGap = ({ pos, stream, rev }: StreamRow): Finding => ({
  code: 'REVISION_GAP',
  position: pos,
  detail: `${stream} has no revision ${rev - 1} before its revision ${rev}`,
})

/** Every row: places, times, columns and commitments, in pages, so that others get their turn. */
export const checkAll = async (db: DatabaseSync): Promise<readonly Finding[]> => {
  const findings: Finding[] = []
  // What others append meanwhile is theirs to check.
  const { head } = db.prepare('SELECT coalesce(max(pos), 0) AS head FROM event').get() as {
    readonly head: number
  }
  for (const pages of [positionPages(db, head), streamPages(db, head)]) {
    for (const found of pages) {
      findings.push(...found)
      if (findings.length >= mostFindings) return findings.slice(0, mostFindings)
      await setImmediate()
    }
  }
  return findings
}

interface EventRow {
  readonly pos: number
  readonly id: string
  readonly stream: string
  readonly rev: number
  readonly type: string
  readonly company: string | null
  readonly occurred: string
  readonly recorded: string
  readonly actor: string
  readonly on_behalf_of: string | null
  readonly corr: string
  readonly cause: string | null
  readonly sealed: number
  readonly data: string
  readonly salt: Uint8Array
  readonly env: string
}

interface BoxRow {
  readonly pos: number
  readonly subject: string
  readonly purpose: string
  readonly commitment: string
}

/** The log in the order of positions. */
function* positionPages(db: DatabaseSync, head: Position): Generator<Finding[]> {
  const events = db.prepare('SELECT * FROM event WHERE pos > ? AND pos <= ? ORDER BY pos LIMIT ?')
  const boxes = db.prepare(
    'SELECT pos, subject, purpose, commitment FROM event_sealed WHERE pos > ? AND pos <= ?',
  )
  let before = { pos: 0, recorded: '' }
  for (;;) {
    const rows = events.all(before.pos, head, pageRows) as unknown as EventRow[]
    const last = rows.at(-1)
    if (last === undefined) return
    const sealed = Map.groupBy(
      boxes.all(before.pos, last.pos) as unknown as BoxRow[],
      ({ pos }) => pos,
    )
    const found: Finding[] = []
    for (const row of rows) {
      found.push(...checkPlace(row, before), ...checkRow(row, sealed.get(row.pos) ?? []))
      before = row
    }
    yield found
  }
}

const checkPlace = (
  { pos, recorded }: EventRow,
  before: { readonly pos: number; readonly recorded: string },
): Finding[] => [
  ...(pos === before.pos + 1
    ? []
    : [finding('INDEX_GAP', pos, `position ${before.pos + 1} is missing`)]),
  ...(recorded >= before.recorded
    ? []
    : [finding('TIME_WENT_BACK', pos, 'it was recorded before the one it follows')]),
]

const finding = (code: Finding['code'], position: number, detail: string): Finding => ({
  code,
  position,
  detail,
})

const checkRow = (row: EventRow, boxes: readonly BoxRow[]): Finding[] => {
  try {
    return checkEnvelope(row, JSON.parse(row.env) as StoredEnvelope, boxes)
  } catch {
    return [finding('UNREADABLE', row.pos, 'its envelope cannot be read')]
  }
}

/** A row against its envelope. */
const checkEnvelope = (
  row: EventRow,
  envelope: StoredEnvelope,
  boxes: readonly BoxRow[],
): Finding[] => {
  const { pos } = row
  const commitments = new Map(
    (envelope.pii ?? []).map(({ c, s, p }) => [JSON.stringify([s, p]), c]),
  )
  const moved = columnsOf(row, envelope).find(([name, value]) => envelope[name] !== value)
  const broken = boxes.find(
    ({ subject, purpose, commitment }) =>
      commitments.get(JSON.stringify([subject, purpose])) !== commitment,
  )
  return [
    ...(canonical(envelope) === row.env
      ? []
      : [finding('ENVELOPE_NOT_CANONICAL', pos, 'its envelope is not in canonical form')]),
    ...(moved === undefined
      ? []
      : [
          finding(
            'COLUMN_MISMATCH',
            pos,
            `its column for ${moved[0]} is not what its envelope says`,
          ),
        ]),
    ...(commitments.size === row.sealed
      ? []
      : [finding('COLUMN_MISMATCH', pos, 'it counts other sealed parts than its envelope')]),
    ...checkData(row, envelope.data),
    ...(broken === undefined
      ? []
      : [finding('SEAL_BROKEN', pos, `its sealed part of ${broken.subject} is not its own`)]),
  ]
}

const checkData = ({ pos, data, salt }: EventRow, commitment: unknown): Finding[] => {
  if (data === '' || salt.length === 0) return [finding('PAYLOAD_MISSING', pos, 'its data is gone')]
  return salt.length === 32 && dataCommitment(salt, data) === commitment
    ? []
    : [finding('COMMITMENT_MISMATCH', pos, 'its data is not what was committed to')]
}

interface StoredEnvelope extends Readonly<Record<string, unknown>> {
  readonly type?: string
  readonly sv?: number
  readonly data?: unknown
  readonly pii?: readonly { readonly c: string; readonly s: string; readonly p: string }[]
}

/** What the envelope must say, by its keys. */
const columnsOf = (row: EventRow, { type, sv }: StoredEnvelope): (readonly [string, unknown])[] => [
  ['idx', row.pos - 1],
  ['id', row.id],
  ['stream', row.stream],
  ['rev', row.rev],
  ['type', row.type === `${type}.v${sv}` ? type : row.type],
  ['co', row.company ?? undefined],
  ['occurred', row.occurred],
  ['recorded', row.recorded],
  ['actor', row.actor],
  ['onBehalfOf', row.on_behalf_of ?? undefined],
  ['corr', row.corr],
  ['cause', row.cause ?? undefined],
]

/** The streams in the order of their index, which must list what the log lists. */
function* streamPages(db: DatabaseSync, head: Position): Generator<Finding[]> {
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
