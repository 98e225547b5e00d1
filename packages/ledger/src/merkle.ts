/**
 * The tree over a log (RFC 6962): one hash stands for all entries in their order, and short proofs tell
 * that an entry is among them, or that a later tree holds an earlier one unchanged.
 *
 * @module
 */
import { hashOfNode, hashOfText } from './crypto.ts'

/**
 * A SHA-256 of 32 bytes as text, one character a byte: a text costs less than the hash itself, a
 * buffer more. `hashBytes` and `hashOfBytes` lead out and in.
 */
export type Hash = string

/** The hash of an entry. */
export const leafHash = (entry: string | Uint8Array): Hash =>
  typeof entry === 'string' ? hashOfText(`\0${entry}`) : hashOfText(Buffer.concat([zero, entry]))

const zero = new Uint8Array(1)

/** The hash of two neighbours; leaves and nodes can never be taken for one another. */
export const nodeHash = (left: Hash, right: Hash): Hash => hashOfNode(left, right)

/** The root of a tree without entries: the hash of nothing. */
export const emptyRoot: Hash = hashOfText('')

/**
 * The hash of a complete part of a tree: the entries from `index * 2^level` on, `2^level` of them.
 */
export type Subtrees = (level: number, index: number) => Hash

/** The root of the entries from `start` to before `end`, which begin where a subtree can. */
const rootOf = (start: number, end: number, subtrees: Subtrees): Hash => {
  const width = end - start
  if (width === 0) return emptyRoot
  const level = Math.log2(width)
  if (Number.isInteger(level)) return subtrees(level, start / width)
  const middle = start + splitOf(width)
  return nodeHash(rootOf(start, middle, subtrees), rootOf(middle, end, subtrees))
}

/** The root that a tree had when it had so many entries. */
export const rootAt = (size: number, subtrees: Subtrees): Hash => rootOf(0, counted(size), subtrees)

/** The largest power of two below a width of at least two. */
const splitOf = (width: number): number => {
  let split = 1
  while (split * 2 < width) split *= 2
  return split
}

const counted = (size: number): number => {
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`${size} counts nothing`)
  return size
}

/** The hashes that lead from one entry to the root of a tree of `size`. */
export const inclusionProof = (
  index: number,
  size: number,
  subtrees: Subtrees,
): readonly Hash[] => {
  if (counted(index) >= counted(size)) throw new RangeError(`no entry ${index} among ${size}`)
  const proof: Hash[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const middle = start + splitOf(end - start)
    if (index < middle) {
      proof.push(rootOf(middle, end, subtrees))
      end = middle
    } else {
      proof.push(rootOf(start, middle, subtrees))
      start = middle
    }
  }
  return proof.toReversed()
}

/** The hashes that lead from the root of an earlier tree to that of a later one. */
export const consistencyProof = (
  earlier: number,
  later: number,
  subtrees: Subtrees,
): readonly Hash[] => {
  if (counted(earlier) < 1 || earlier > counted(later)) {
    throw new RangeError(`no proof from ${earlier} to ${later}`)
  }
  if (earlier === later) return []
  const proof: Hash[] = []
  let [start, end] = [0, later]
  while (end !== earlier) {
    const middle = start + splitOf(end - start)
    if (earlier <= middle) {
      proof.push(rootOf(middle, end, subtrees))
      end = middle
    } else {
      proof.push(rootOf(start, middle, subtrees))
      start = middle
    }
  }
  // A whole earlier tree is its own root, which who checks holds already.
  if (start > 0) proof.push(rootOf(start, end, subtrees))
  return proof.toReversed()
}

/** What a verified checkpoint says of a tree. */
export interface TreeHead {
  readonly size: number
  readonly root: Hash
}

/**
 * Whether the proof leads from the leaf to the root. Size and root must both come from one verified
 * checkpoint: a proof alone does not tell of which size it is.
 */
export const verifyInclusion = (
  {
    leaf,
    index,
    proof,
  }: { readonly leaf: Hash; readonly index: number; readonly proof: readonly Hash[] },
  { size, root }: TreeHead,
): boolean => {
  if (!isCount(index) || !isCount(size) || index >= size || !proof.every(isHash)) return false
  let [place, last] = [index, size - 1]
  let hash = leaf
  for (const sibling of proof) {
    if (last === 0) return false
    if (place % 2 === 1 || place === last) {
      hash = nodeHash(sibling, hash)
      while (place % 2 === 0 && place > 0) [place, last] = [half(place), half(last)]
    } else {
      hash = nodeHash(hash, sibling)
    }
    ;[place, last] = [half(place), half(last)]
  }
  return last === 0 && hash === root
}

/** Whether the later tree holds the earlier one unchanged. A tree without entries proves nothing. */
export const verifyConsistency = (
  earlier: TreeHead,
  later: TreeHead,
  proof: readonly Hash[],
): boolean => {
  if (!isCount(earlier.size) || !isCount(later.size) || !proof.every(isHash)) return false
  if (earlier.size < 1 || earlier.size > later.size) return false
  if (earlier.size === later.size) return proof.length === 0 && earlier.root === later.root
  let [place, last] = [earlier.size - 1, later.size - 1]
  while (place % 2 === 1) [place, last] = [half(place), half(last)]
  const [first, ...rest] = place === 0 ? [earlier.root, ...proof] : proof
  if (first === undefined) return false
  let [before, after] = [first, first]
  for (const sibling of rest) {
    if (last === 0) return false
    if (place % 2 === 1 || place === last) {
      before = nodeHash(sibling, before)
      after = nodeHash(sibling, after)
      while (place % 2 === 0 && place > 0) [place, last] = [half(place), half(last)]
    } else {
      after = nodeHash(after, sibling)
    }
    ;[place, last] = [half(place), half(last)]
  }
  return last === 0 && before === earlier.root && after === later.root
}

const half = (value: number): number => Math.floor(value / 2)
const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0
const isHash = (hash: Hash): boolean => hash.length === hashLength

const hashLength = 32

/** A hash as its 32 bytes. */
export const hashBytes = (hash: Hash): Uint8Array => Buffer.from(hash, 'latin1')

/** The hash that 32 bytes are; other lengths are none. */
export const hashOfBytes = (bytes: Uint8Array): Hash | undefined =>
  bytes.length === hashLength
    ? Buffer.from(bytes.buffer, bytes.byteOffset, hashLength).toString('latin1')
    : undefined
