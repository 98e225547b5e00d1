/**
 * The tree over the log as it grows with each append, inside the append's own transaction. Its edge is
 * remembered between transactions, and kept once in each.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { Frontier, type Hash, hashBytes, leafHash, type TreeHead } from '@forsat/ledger'
import type { Position } from '../port.ts'
import { StoreDamaged } from '../store-errors.ts'

export interface GrowingTree {
  /** Takes an event in by its envelope, and answers with the bytes of its hash. */
  readonly add: (envelope: string, position: Position) => Uint8Array
  /** Keeps what was added, at the end of a transaction. */
  readonly keep: () => void
  /** Forgets what it remembers: another process wrote, or a transaction was undone. */
  readonly forget: () => void
}

/** Roots are kept of every so many levels: of 256 leaves, of 65,536 and so on. */
export const levelsKept = 8

export const growingTree = (db: DatabaseSync, path: string): GrowingTree => {
  const prepared = () => ({
    load: db.prepare('SELECT size, frontier FROM audit_state'),
    save: db.prepare('UPDATE audit_state SET size = ?, frontier = ?'),
    node: db.prepare('INSERT INTO audit_node (level, idx, h) VALUES (?, ?, ?)'),
  })
  // Who only reads an old file has no such tables.
  let statements: ReturnType<typeof prepared> | undefined
  const sql = () => (statements ??= prepared())
  let frontier: Frontier | undefined
  let changed = false

  const completed = (level: number, index: number, root: Hash): void => {
    if (level % levelsKept === 0) sql().node.run(level / levelsKept, index, hashBytes(root))
  }

  return {
    add: (envelope, position) => {
      frontier ??= new Frontier(stateIn(sql().load.get() as unknown as StateRow))
      if (frontier.size !== position - 1) {
        const detail = `its tree holds ${frontier.size} events, the log ${position - 1}`
        throw new StoreDamaged(path, [{ code: 'TREE_STALE', position, detail }])
      }
      const leaf = leafHash(envelope)
      frontier.add(leaf, completed)
      changed = true
      return hashBytes(leaf)
    },
    keep: () => {
      if (!changed || frontier === undefined) return
      const { size, hashes } = frontier.state()
      sql().save.run(size, hashBytes(hashes.join('')))
      changed = false
    },
    forget: () => {
      frontier = undefined
      changed = false
    },
  }
}

interface StateRow {
  readonly size: number
  readonly frontier: Uint8Array
}

/** The edge as it is kept: hash after hash. */
const stateIn = ({ size, frontier }: StateRow) => {
  const text = Buffer.from(frontier).toString('latin1')
  return { size, hashes: text.match(/.{32}/gs) ?? [] }
}

export interface KeptHead {
  /** How many events there are, and the last position: as of one moment. */
  readonly events: number
  readonly last: Position
  /** What was kept of the tree; `undefined` where that cannot be. */
  readonly head: TreeHead | undefined
}

export const keptHead = (db: DatabaseSync): KeptHead => {
  const row = db
    .prepare(
      `SELECT (SELECT count(*) FROM event) AS events, (SELECT coalesce(max(pos), 0) FROM event) AS last,
         size, frontier FROM (SELECT 1) LEFT JOIN audit_state`,
    )
    .get() as unknown as Omit<KeptHead, 'head'> & StateRow
  const { events, last } = row
  try {
    const frontier = new Frontier(stateIn(row))
    return { events, last, head: { size: frontier.size, root: frontier.root() } }
  } catch {
    return { events, last, head: undefined }
  }
}
