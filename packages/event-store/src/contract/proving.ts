import {
  leafHash,
  nodeHash,
  rootAt,
  type Subtrees,
  verifyConsistency,
  verifyInclusion,
} from '@forsat/ledger'
import { expect, test } from 'vitest'
import { appendOf, begin, eventOf } from './given.ts'
import type { OpenStore } from './opened.ts'

/** What the tree over the log promises, of a store that has one. */
export const provingContract = (open: OpenStore): void => {
  test('every event is a leaf from its append on, and the tree of before is kept in that of after', async () => {
    await using opened = await open()
    const { tree, ...store } = opened.store
    if (tree === undefined) return
    expect(await tree.head()).toEqual({ size: 0, root: rootAt(0, overOf([])) })
    const stream = await begin(opened.store, [eventOf(), eventOf()])
    const early = await tree.head()
    // More than one root is kept of, and some beside them.
    for (let revision = 1; revision < 600; revision += 60) {
      const events = Array.from({ length: 60 }, () => eventOf())
      await store.append(appendOf(stream, revision, events))
    }
    const late = await tree.head()
    expect([early.size, late.size]).toEqual([2, 602])
    const leaves = []
    for (let index = 0; index < late.size; index += 1) {
      leaves.push(leafHash((await tree.entry(index)) ?? ''))
    }
    for (const size of [0, 1, 255, 256, 257, 512, 601, 602]) {
      expect(await tree.root(size)).toBe(rootAt(size, overOf(leaves)))
    }
    for (const index of [0, 255, 256, 300, 512, 601]) {
      const proof = await tree.inclusion(index, late.size)
      expect(verifyInclusion({ leaf: leaves[index] ?? '', index, proof }, late)).toBe(true)
    }
    for (const from of [1, 2, 256, 257, 600]) {
      const earlier = { size: from, root: await tree.root(from) }
      const proof = await tree.consistency(from, late.size)
      expect(verifyConsistency(earlier, late, proof)).toBe(true)
    }
    await expect(tree.root(603)).rejects.toThrow(RangeError)
    expect(await tree.entry(602)).toBeUndefined()
  })

  test('what was refused or repeated is no leaf', async () => {
    await using opened = await open()
    const { tree } = opened.store
    const event = eventOf()
    const stream = await begin(opened.store, [event])
    await opened.store.append(appendOf(stream, -1, [eventOf()]))
    await opened.store.append(appendOf(stream, -1, [event]))
    expect((await tree?.head())?.size ?? 1).toBe(1)
  })
}

const overOf = (leaves: readonly string[]): Subtrees => {
  const subtree: Subtrees = (level, index) =>
    level === 0
      ? (leaves[index] ?? '')
      : nodeHash(subtree(level - 1, index * 2), subtree(level - 1, index * 2 + 1))
  return subtree
}
