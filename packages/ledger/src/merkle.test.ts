import { fc, test as law } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { Frontier } from './frontier.ts'
import {
  consistencyProof,
  emptyRoot,
  type Hash,
  hashBytes,
  hashOfBytes,
  inclusionProof,
  leafHash,
  nodeHash,
  rootAt,
  type Subtrees,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts'
import vectors from './proof-vectors.json' with { type: 'json' }

const { rfc6962: published, ledgerExample } = vectors

const fromHex = (hex: string): Hash => Buffer.from(hex, 'hex').toString('latin1')
const hex = (hash: Hash): string => Buffer.from(hash, 'latin1').toString('hex')
const bytes = (text: string): Uint8Array => Buffer.from(text, 'hex')

/** A tree that is reckoned from its leaves whenever it is asked. */
const over = (leaves: readonly Hash[]): Subtrees => {
  const subtree: Subtrees = (level, index) =>
    level === 0
      ? (leaves[index] ?? emptyRoot)
      : nodeHash(subtree(level - 1, index * 2), subtree(level - 1, index * 2 + 1))
  return subtree
}

const leaves = published.leafInputs.map((input) => leafHash(bytes(input)))

/** Whether a proof of either kind is taken. */
const isTaken = (given: (typeof published.mustFail)[number]): boolean => {
  const proof = given.proof.map(fromHex)
  if (given.kind === 'inclusion') {
    const { index = 0, leafHash: leaf = '', size = 0, root = '' } = given
    return verifyInclusion({ leaf: fromHex(leaf), index, proof }, { size, root: fromHex(root) })
  }
  const { size1 = 0, size2 = 0, root1 = '', root2 = '' } = given
  const earlier = { size: size1, root: fromHex(root1) }
  return verifyConsistency(earlier, { size: size2, root: fromHex(root2) }, proof)
}

describe('the published trees', () => {
  test('have these leaves and roots', () => {
    expect(leaves.map(hex)).toEqual(published.leafHashes)
    expect(published.rootBySize.map((_root, size) => hex(rootAt(size, over(leaves))))).toEqual(
      published.rootBySize,
    )
  })

  test('have these proofs of every entry and of every earlier tree', () => {
    for (const { index, size, proof } of published.inclusion) {
      expect(inclusionProof(index, size, over(leaves)).map(hex)).toEqual(proof)
      const [leaf, root] = [leaves[index] ?? '', fromHex(published.rootBySize[size] ?? '')]
      expect(verifyInclusion({ leaf, index, proof: proof.map(fromHex) }, { size, root })).toBe(true)
    }
    for (const { size1, size2, proof } of published.consistency) {
      expect(consistencyProof(size1, size2, over(leaves)).map(hex)).toEqual(proof)
      const head = (size: number) => ({ size, root: fromHex(published.rootBySize[size] ?? '') })
      expect(verifyConsistency(head(size1), head(size2), proof.map(fromHex))).toBe(true)
    }
  })

  test.each(published.mustFail)('refuse: $why', (wrong) => {
    expect(isTaken(wrong)).toBe(false)
  })

  test.each(published.mayPass)('take what they cannot refuse: $why', (passing) => {
    const { index, claimedSize, leafHash: leaf, root } = passing
    const entry = { leaf: fromHex(leaf), index, proof: passing.proof.map(fromHex) }
    expect(verifyInclusion(entry, { size: claimedSize, root: fromHex(root) })).toBe(true)
  })

  test('have these roots and proofs when they are large', () => {
    const { roots, inclusionAt1000, consistencyTo1000 } = published.synthetic
    const many = Array.from({ length: 70_000 }, (_each, index) => leafHash(`leaf-${index}`))
    const frontier = new Frontier()
    const expected = new Map(roots.map((each) => [each.size, each]))
    for (const leaf of many) {
      frontier.add(leaf)
      const known = expected.get(frontier.size)
      if (known === undefined) continue
      expect(hex(frontier.root())).toBe(known.root)
      expect(frontier.state().hashes).toHaveLength(known.frontierHashes)
    }
    const thousand = over(many.slice(0, 1000))
    for (const { index, proof } of inclusionAt1000) {
      expect(inclusionProof(index, 1000, thousand).map(hex)).toEqual(proof)
    }
    const later = { size: 1000, root: rootAt(1000, thousand) }
    for (const { size1, root1, proof } of consistencyTo1000) {
      expect(consistencyProof(size1, 1000, thousand).map(hex)).toEqual(proof)
      const earlier = { size: size1, root: fromHex(root1) }
      expect(verifyConsistency(earlier, later, proof.map(fromHex))).toBe(true)
    }
  })

  test('of a ledger are over the text of its envelopes', () => {
    const { leafDataHex, leafHashes, root } = ledgerExample
    const ours = leafDataHex.map((each) => leafHash(Buffer.from(each, 'hex').toString('utf8')))
    expect(ours.map(hex)).toEqual(leafHashes)
    expect(hex(rootAt(4, over(ours)))).toBe(root)
  })
})

const entries = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 40 })

law.prop([entries, fc.nat(), fc.nat(), fc.nat(255)])(
  'every entry is proven in every tree that holds it, and a flipped bit proves nothing',
  (texts, someSize, someIndex, someBit) => {
    const all = texts.map(leafHash)
    const size = (someSize % all.length) + 1
    const index = someIndex % size
    const proof = inclusionProof(index, size, over(all))
    const head = { size, root: rootAt(size, over(all)) }
    const entry = { leaf: all[index] ?? '', index, proof }
    expect(verifyInclusion(entry, head)).toBe(true)
    expect(verifyInclusion({ ...entry, leaf: flipped(entry.leaf, someBit) }, head)).toBe(false)
    expect(verifyInclusion(entry, { ...head, root: flipped(head.root, someBit) })).toBe(false)
    expect(verifyInclusion({ ...entry, proof: [...proof, head.root] }, head)).toBe(false)
    for (const [place, hash] of proof.entries()) {
      const wrong = proof.with(place, flipped(hash, someBit))
      expect(verifyInclusion({ ...entry, proof: wrong }, head)).toBe(false)
      expect(verifyInclusion({ ...entry, proof: proof.toSpliced(place, 1) }, head)).toBe(false)
    }
  },
)

law.prop([entries, fc.nat(), fc.nat(), fc.nat(255), fc.nat()])(
  'a tree that grew is proven to hold the one before, and no tree that was rewritten is',
  (texts, some, other, someBit, rewritten) => {
    const all = texts.map(leafHash)
    const [earlier = 1, later = 1] = [(some % all.length) + 1, (other % all.length) + 1].toSorted(
      (a, b) => a - b,
    )
    const head = (size: number, of: readonly Hash[]) => ({ size, root: rootAt(size, over(of)) })
    const proof = consistencyProof(earlier, later, over(all))
    expect(verifyConsistency(head(earlier, all), head(later, all), proof)).toBe(true)
    const place = rewritten % earlier
    const forged = all.with(place, flipped(all[place] ?? '', someBit))
    const forgedProof = consistencyProof(earlier, later, over(forged))
    for (const each of [proof, forgedProof]) {
      expect(verifyConsistency(head(earlier, all), head(later, forged), each)).toBe(false)
    }
  },
)

law.prop([entries])(
  'a frontier tells the same root, and goes on from what was kept of it',
  (texts) => {
    const all = texts.map(leafHash)
    let frontier = new Frontier()
    const completed: string[] = []
    for (const [index, leaf] of all.entries()) {
      frontier = new Frontier(frontier.state())
      frontier.add(leaf, (level, at, root) => {
        completed.push(`${level}/${at}`)
        expect(root).toBe(over(all)(level, at))
      })
      expect(frontier.root()).toBe(rootAt(index + 1, over(all)))
    }
    expect(new Set(completed).size).toBe(completed.length)
    expect(completed).toHaveLength(all.length - frontier.state().hashes.length)
  },
)

test('a hash is 32 bytes, and sizes are numbers that count', () => {
  const [leaf = ''] = leaves
  expect(hashOfBytes(hashBytes(leaf))).toBe(leaf)
  expect(hashOfBytes(new Uint8Array(31))).toBeUndefined()
  expect(() => new Frontier({ size: 3, hashes: [leaf] })).toThrow(RangeError)
  expect(() => inclusionProof(1, 1, over(leaves))).toThrow(RangeError)
  expect(() => consistencyProof(0, 1, over(leaves))).toThrow(RangeError)
  expect(() => rootAt(0.5, over(leaves))).toThrow(RangeError)
})

const flipped = (hash: Hash, bit: number): Hash => {
  const changed = Buffer.from(hash, 'latin1')
  const place = bit >> 3
  changed[place] = (changed[place] ?? 0) ^ (1 << (bit & 7))
  return changed.toString('latin1')
}
