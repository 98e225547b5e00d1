/**
 * Asking the kept tree: roots, and proofs of one entry or of growth, from the roots of 256 leaves and
 * the few envelopes beside them.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import {
  consistencyProof,
  emptyRoot,
  type Hash,
  hashOfBytes,
  inclusionProof,
  leafHash,
  nodeHash,
  rootAt,
  type Subtrees,
} from '@forsat/ledger'
import type { LogTree } from '../port.ts'
import { patiently } from './connection.ts'
import { levelsKept } from './growing-tree.ts'

export const keptTree = (db: DatabaseSync): LogTree => {
  const size = () => Number(db.prepare('SELECT size FROM audit_state').get()?.['size'])
  const entry = (index: number): string | undefined =>
    db.prepare('SELECT env FROM event WHERE pos = ?').get(index + 1)?.['env'] as string | undefined

  const within = (wanted: number): number => {
    const there = size()
    if (wanted > there) throw new RangeError(`the log has ${there} events, not ${wanted}`)
    return wanted
  }

  return {
    head: async () =>
      patiently(db, () => {
        const now = size()
        return { size: now, root: rootAt(now, subtreesOf(db)) }
      }),
    root: async (at) => patiently(db, () => rootAt(within(at), subtreesOf(db))),
    inclusion: async (index, at) =>
      patiently(db, () => inclusionProof(index, within(at), subtreesOf(db))),
    consistency: async (from, to) =>
      patiently(db, () => consistencyProof(from, within(to), subtreesOf(db))),
    entry: async (index) => patiently(db, () => entry(index)),
  }
}

/** Complete subtrees, of kept roots where they are large and of envelopes where they are small. */
export const subtreesOf = (db: DatabaseSync): Subtrees => {
  const nodes = db.prepare(
    'SELECT h FROM audit_node WHERE level = ? AND idx >= ? AND idx < ? ORDER BY idx',
  )
  const envelopes = db.prepare('SELECT env FROM event WHERE pos > ? AND pos <= ? ORDER BY pos')
  for (const statement of [nodes, envelopes]) statement.setReturnArrays(true)

  return (level, index) => {
    const width = 2 ** (level % levelsKept)
    const [from, to] = [index * width, (index + 1) * width]
    const hashes =
      level < levelsKept
        ? (envelopes.all(from, to) as unknown as (readonly [string])[]).map(([env]) =>
            leafHash(env),
          )
        : (
            nodes.all(Math.floor(level / levelsKept), from, to) as unknown as (readonly [
              Uint8Array,
            ])[]
          ).map(([h]) => hashOfBytes(h) ?? emptyRoot)
    if (hashes.length !== width) throw new Error(`the tree lacks nodes of level ${level}`)
    return joined(hashes)
  }
}

/** The root over as many neighbours as a power of two. */
const joined = (hashes: readonly Hash[]): Hash => {
  const [only, second] = hashes
  if (only === undefined) return emptyRoot
  if (second === undefined) return only
  const above = Array.from({ length: hashes.length / 2 }, (_each, pair) =>
    nodeHash(hashes[pair * 2] ?? emptyRoot, hashes[pair * 2 + 1] ?? emptyRoot),
  )
  return joined(above)
}
