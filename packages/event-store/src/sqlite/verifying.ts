/**
 * Reading a log from its first event on as somebody who trusts nothing in it but the roots that others
 * hold. Fast: order, hashes and roots. Full: every row and every sealed part too.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { leafHash, type TreeHead } from '@forsat/ledger'
import type { Finding } from '../store-errors.ts'
import { hashedEnvelopes } from './envelopes.ts'
import { keptHead } from './growing-tree.ts'
import { type BoxRow, checkPlace, checkRow, type EventRow } from './row-check.ts'
import { type SealedParts, type SealedRequest, sealedCheck } from './sealed-check.ts'
import { streamPages } from './streams-check.ts'
import { treeCheck } from './tree-check.ts'

export interface Verification {
  readonly depth: 'fast' | 'full'
  /** What verified checkpoints say. */
  readonly heads?: readonly TreeHead[]
  /** With what sealed parts are judged; without it they are let be. */
  readonly sealed?: SealedRequest
}

export interface Verified {
  /** Size and root as they are reckoned from the events. */
  readonly head: TreeHead
  /** None: it is sound. */
  readonly findings: readonly Finding[]
  readonly sealed?: SealedParts
}

/** Findings listed at most; a log with more is not read on. */
const mostFindings = 100
/** Rows a page of the full check, between which others get their turn. */
const pageRows = 1000

export const verifyLog = async (
  db: DatabaseSync,
  { depth, heads = [], sealed }: Verification,
): Promise<Verified> => {
  // What others append meanwhile is theirs to check.
  const kept = keptHead(db)
  const tree = treeCheck(db, heads, kept)
  const parts = depth === 'full' && sealed !== undefined ? sealedCheck(sealed) : undefined
  const findings: Finding[] = []
  const passes =
    depth === 'fast'
      ? [fastPages(db, kept.last, tree.add)]
      : [
          fullPages(db, kept.last, tree.add, parts?.row),
          streamPages(db, kept.last),
          doubledIds(db, kept.last),
        ]
  for (const pages of passes) {
    for (const found of pages) {
      findings.push(...found)
      if (findings.length >= mostFindings) break
      await setImmediate()
    }
  }
  const grown = tree.finish()
  const judged = parts?.finish()
  const all = [...findings, ...(judged?.findings ?? [])]
  // A tree that was not kept up is told of where nothing else tells why.
  const ofTree = grown.findings.filter(({ code }) => code !== 'TREE_STALE' || all.length === 0)
  return {
    head: grown.head,
    findings: [...all, ...ofTree].slice(0, mostFindings),
    ...(judged === undefined ? {} : { sealed: judged.parts }),
  }
}

/** Hashes alone; where positions are missing, the first is told. */
function* fastPages(
  db: DatabaseSync,
  last: number,
  add: (leaf: string) => void,
): Generator<readonly Finding[]> {
  let seen = 0
  let isDense = true
  for (const { to, hashes } of hashedEnvelopes(db, last)) {
    for (const hash of hashes) add(hash)
    seen += hashes.length
    yield seen < to && isDense ? [firstGap(db, to)] : []
    isDense = seen >= to
  }
}

const firstGap = (db: DatabaseSync, to: number): Finding => {
  const { pos } = db
    .prepare(
      `SELECT min(e.pos) AS pos FROM event e WHERE e.pos <= ? AND e.pos > 1
         AND NOT EXISTS (SELECT 1 FROM event p WHERE p.pos = e.pos - 1)`,
    )
    .get(to) as { readonly pos: number | null }
  const position = pos ?? 1
  return { code: 'INDEX_GAP', position, detail: `no event stands before position ${position}` }
}

/** The log in the order of positions, every row looked at. */
function* fullPages(
  db: DatabaseSync,
  last: number,
  add: (leaf: string) => void,
  judge: ((event: EventRow, boxes: readonly BoxRow[]) => readonly Finding[]) | undefined,
): Generator<readonly Finding[]> {
  const events = db.prepare('SELECT * FROM event WHERE pos > ? AND pos <= ? ORDER BY pos LIMIT ?')
  const boxes = db.prepare('SELECT * FROM event_sealed WHERE pos > ? AND pos <= ?')
  let before = { pos: 0, recorded: '' }
  for (;;) {
    const rows = events.all(before.pos, last, pageRows) as unknown as EventRow[]
    const end = rows.at(-1)
    if (end === undefined) return
    const sealed = Map.groupBy(
      boxes.all(before.pos, end.pos) as unknown as BoxRow[],
      ({ pos }) => pos,
    )
    const found: Finding[] = []
    for (const row of rows) {
      const own = sealed.get(row.pos) ?? []
      add(leafHash(row.env))
      const wrong = [...checkPlace(row, before), ...checkRow(row, own)]
      // A part that is not the row's by its commitment need not be opened to be known for that.
      const isBroken = wrong.some(({ code }) => code === 'SEAL_BROKEN')
      found.push(...wrong, ...((isBroken ? undefined : judge?.(row, own)) ?? []))
      before = row
    }
    yield found
  }
}

/** Ids that stand twice: the index that forbids it is no evidence that it was always there. */
function* doubledIds(db: DatabaseSync, last: number): Generator<readonly Finding[]> {
  const rows = db
    .prepare(
      `SELECT max(pos) AS pos, id FROM event WHERE pos <= ? GROUP BY id HAVING count(*) > 1 LIMIT ?`,
    )
    .all(last, mostFindings) as unknown as readonly { readonly pos: number; readonly id: string }[]
  yield rows.map(({ pos, id }) => ({
    code: 'DUPLICATE_ID',
    position: pos,
    detail: `the id ${id} stands elsewhere too`,
  }))
}
