/**
 * Growing the tree anew over what the log holds, beside the one that was kept: roots that others hold
 * decide, what was kept along the way tells where a fault is.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { Frontier, type Hash, hashOfBytes, leafHash, type TreeHead } from '@forsat/ledger'
import type { Finding } from '../store-errors.ts'
import { type KeptHead, levelsKept } from './growing-tree.ts'

export interface TreeCheck {
  /** The next entry's hash, in the order of positions. */
  readonly add: (leaf: Hash) => void
  /** Once all have been added. */
  readonly finish: () => { readonly head: TreeHead; readonly findings: readonly Finding[] }
}

/** Leaves below one kept root. */
const block = 2 ** levelsKept

export const treeCheck = (
  db: DatabaseSync,
  heads: readonly TreeHead[],
  { events, head: kept }: KeptHead,
): TreeCheck => {
  const nodeAt = db.prepare('SELECT h FROM audit_node WHERE level = ? AND idx = ?')
  const frontier = new Frontier()
  const waiting = heads.toSorted((a, b) => a.size - b.size)
  let held = 0
  let mismatch: Finding | undefined
  const caches: Finding[] = []

  const compare = (): void => {
    for (let next = waiting[0]; next?.size === frontier.size; next = waiting[0]) {
      waiting.shift()
      const isHeld = frontier.root() === next.root
      if (isHeld) held = next.size
      else mismatch ??= rootMismatch(held, next.size)
    }
  }

  const completed = (level: number, index: number, root: Hash): void => {
    if (level % levelsKept !== 0) return
    const node = nodeAt.get(level / levelsKept, index)?.['h'] as Uint8Array | undefined
    if (node !== undefined && hashOfBytes(node) === root) return
    const [from, to] = [index * 2 ** level, (index + 1) * 2 ** level]
    const leaves = level === levelsKept ? wrongLeaves(db, from, to) : []
    caches.push(...(leaves.length > 0 ? leaves : [stale(from, to)]))
  }

  compare()
  return {
    add: (leaf) => {
      frontier.add(leaf, completed)
      if (waiting[0]?.size === frontier.size) compare()
    },
    finish: () => {
      const { size } = frontier
      const root = frontier.root()
      const [shrunk] = waiting.toReversed()
      const tail = size - (size % block)
      const ofTail = kept?.root === root && kept.size === size ? [] : wrongLeaves(db, tail, size)
      const leaves = [...caches, ...ofTail].filter(({ code }) => code === 'LEAF_CACHE_MISMATCH')
      const evidence: Finding[] = [
        ...leaves,
        ...(mismatch === undefined ? [] : [mismatch]),
        ...(shrunk === undefined ? [] : [logShrunk(size, shrunk.size)]),
      ]
      const isStale =
        caches.length > 0 || events !== size || kept?.size !== size || kept.root !== root
      return {
        head: { size, root },
        findings:
          evidence.length === 0 && isStale ? [caches[0] ?? stale(kept?.size ?? 0, size)] : evidence,
      }
    },
  }
}

const rootMismatch = (from: number, to: number): Finding => ({
  code: 'ROOT_MISMATCH',
  range: [from, to],
  detail: `the first ${to} events are not those that the checkpoint of ${to} was signed for`,
})

const logShrunk = (size: number, signed: number): Finding => ({
  code: 'LOG_SHRUNK',
  range: [size, signed],
  detail: `there are ${size} events, and a checkpoint of ${signed}`,
})

const stale = (from: number, to: number): Finding => ({
  code: 'TREE_STALE',
  position: Math.min(from, to) + 1,
  range: [from, to],
  detail: 'the kept tree does not fit the events: something was written behind its back',
})

/** Events whose kept hash is not that of their envelope. Those before the tree have none. */
const wrongLeaves = (db: DatabaseSync, from: number, to: number): readonly Finding[] => {
  const rows = db
    .prepare('SELECT pos, env, leaf FROM event WHERE pos > ? AND pos <= ? ORDER BY pos')
    .all(from, to) as unknown as readonly {
    readonly pos: number
    readonly env: string
    readonly leaf: Uint8Array | null
  }[]
  return rows
    .filter(({ env, leaf }) => leaf !== null && hashOfBytes(leaf) !== leafHash(env))
    .map(({ pos }) => ({
      code: 'LEAF_CACHE_MISMATCH',
      position: pos,
      detail: 'its envelope is not the one that was hashed when it was appended',
    }))
}
