/**
 * The tree over a log in memory: its leaves, and all else reckoned when it is asked.
 *
 * @module
 */
import {
  consistencyProof,
  emptyRoot,
  type Hash,
  inclusionProof,
  leafHash,
  nodeHash,
  rootAt,
  type Subtrees,
} from '@forsat/ledger'
import type { LogTree } from './port.ts'

export interface MemoryTree extends LogTree {
  /** Takes the envelope of the next event in. */
  readonly add: (envelope: string) => void
}

export const memoryTree = (): MemoryTree => {
  const entries: string[] = []
  const leaves: Hash[] = []
  const subtrees: Subtrees = (level, index) =>
    level === 0
      ? (leaves[index] ?? emptyRoot)
      : nodeHash(subtrees(level - 1, index * 2), subtrees(level - 1, index * 2 + 1))
  const within = (size: number): number => {
    if (size <= leaves.length) return size
    throw new RangeError(`the log has ${leaves.length} events, not ${size}`)
  }
  return {
    add: (envelope) => {
      entries.push(envelope)
      leaves.push(leafHash(envelope))
    },
    head: async () => ({ size: leaves.length, root: rootAt(leaves.length, subtrees) }),
    root: async (size) => rootAt(within(size), subtrees),
    inclusion: async (index, size) => inclusionProof(index, within(size), subtrees),
    consistency: async (from, to) => consistencyProof(from, within(to), subtrees),
    entry: async (index) => entries[index],
  }
}
