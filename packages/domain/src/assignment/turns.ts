/**
 * Turns say in which order the places of several people come up: each one's are spread evenly over a
 * round, from a start that is drawn by lot.
 *
 * A place has its moment whatever other places there are. So somebody's third place adds a turn and
 * moves none, and more room for one never upsets the order of the others.
 *
 * @module
 */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { mersenne } from 'pure-rand/generator/mersenne'

/** The largest seed, and the largest number of places that are told apart. */
export const largestSeed = 0xffff_ffff

/** Where each of so many people begins in the round, as the seed has it. */
export const starts = (seed: number, people: number): readonly number[] => {
  // Of the generators at hand the one whose first draws tell near seeds apart.
  const generator = mersenne(seed)
  return Array.from({ length: people }, () => uniformFloat64(generator))
}

/**
 * The moments of one person's places in the order in which they come up, from 0 to 1.
 *
 * The first place stands at the start, the second half a round behind it, the third and fourth in the
 * gaps between, and so on: place k at its number with the binary digits turned round, as van der
 * Corput spreads points.
 *
 * @example [...turns(3, 0)] // [0, 0.25, 0.5]
 */
export function* turns(places: number, start: number): Generator<number, undefined> {
  if (places <= 0) return
  const bits = Math.ceil(Math.log2(places))
  const size = 2 ** bits
  const first = Math.ceil(size * (1 - start))
  for (let step = 0; step < size; step += 1) {
    const point = (first + step) % size
    if (turnedRound(point, bits) >= places) continue
    const moment = point / size + start
    yield moment >= 1 ? moment - 1 : moment
  }
}

const turnedRound = (point: number, bits: number): number => {
  let turned = 0
  for (let bit = 0, rest = point; bit < bits; bit += 1, rest >>= 1) {
    turned = (turned << 1) | (rest & 1)
  }
  return turned
}
