/**
 * The growing edge of a tree: all that is needed to add entries and to tell the root, in as many
 * hashes as the size has bits.
 *
 * @module
 */
import { emptyRoot, type Hash, nodeHash } from './merkle.ts'

/** The roots of the complete subtrees from left to right, the largest first. */
export interface FrontierState {
  readonly size: number
  readonly hashes: readonly Hash[]
}

/** Told of each subtree that became complete: how many levels it has, which of these it is, its root. */
export type Completed = (level: number, index: number, root: Hash) => void

export class Frontier {
  #size: number
  readonly #hashes: Hash[]

  constructor({ size, hashes }: FrontierState = { size: 0, hashes: [] }) {
    if (!Number.isSafeInteger(size) || size < 0 || onesIn(size) !== hashes.length) {
      throw new RangeError(`${hashes.length} hashes are no edge of ${size} entries`)
    }
    this.#size = size
    this.#hashes = [...hashes]
  }

  get size(): number {
    return this.#size
  }

  /** Adds the entry that follows. */
  add(leaf: Hash, completed?: Completed): void {
    let hash = leaf
    let index = this.#size
    for (let level = 1; index % 2 === 1; level += 1) {
      index = (index - 1) / 2
      // As many hashes wait as the size has ones, so there is one for each.
      hash = nodeHash(this.#hashes.pop() ?? emptyRoot, hash)
      completed?.(level, index, hash)
    }
    this.#hashes.push(hash)
    this.#size += 1
  }

  root(): Hash {
    const [smallest, ...larger] = this.#hashes.toReversed()
    return larger.reduce((right, left) => nodeHash(left, right), smallest ?? emptyRoot)
  }

  state(): FrontierState {
    return { size: this.#size, hashes: [...this.#hashes] }
  }
}

const onesIn = (size: number): number => size.toString(2).replaceAll('0', '').length
