/**
 * Logistic regression: one weight for each trait, all weighed at once, so that what two traits say
 * together is counted once. The more weights are held down, the less they believe what few deals
 * showed; how much is tried out on the newest quarter of the deals.
 *
 * Weighing takes the longer the more deals there are, so it is done anew when their number has grown
 * by a fiftieth: over those that had closed by the day on which it last had.
 *
 * @module
 */
import { type Casebook, grown, head } from './casebook.ts'
import type { MakeStageLearner, Rows } from './learner.ts'
import { baseRate, chance, pointsOf, scoreOf, type Tally } from './score.ts'
import { type Examples, type Weights, weightsOf } from './weights.ts'

/** What is tried beside no weights at all, the strongest first. */
const strengths = [100, 30, 10, 3, 1]
const usualStrength = 10
/** Of fewer deals a quarter is too few to try on. */
const fewestToTry = 400
/** By how much more deals they have to have become to be weighed anew. */
const growth = 1.02

export const logistic: MakeStageLearner = (book, rows) => {
  /** Losses and wins, of each trait and of all. */
  let seen = new Int32Array(2)
  const all = new Int32Array(2)
  /** How many had closed on each day. */
  const closed = new Map<number, number>()
  let weighed: { readonly day: number; readonly weights: Weights } | undefined

  const tallyOf = (counts: Int32Array, number: number): Tally => ({
    won: counts[2 * number + 1] ?? 0,
    lost: counts[2 * number] ?? 0,
  })

  const weights = (): Weights => {
    const day = lastDayWeighed(closed)
    if (weighed?.day !== day) weighed = { day, weights: weigh(book, rows, day) }
    return weighed.weights
  }

  return {
    count: (entry, at, by) => {
      const isWon = Number(book.isWon(entry))
      const { cells } = book
      seen = grown(seen, 2 * book.traits.size)
      const end = at + head + (cells[at + 2] ?? 0)
      for (let cell = at + head; cell < end; cell += 1) {
        const side = 2 * (cells[cell] ?? 0) + isWon
        seen[side] = (seen[side] ?? 0) + by
      }
      all[isWon] = (all[isWon] ?? 0) + by
      const day = book.closedOn(entry)
      const count = (closed.get(day) ?? 0) + by
      if (count === 0) closed.delete(day)
      else closed.set(day, count)
      if (weighed !== undefined && day <= weighed.day) weighed = undefined
    },
    get outcomes() {
      return tallyOf(all, 0)
    },
    score: (traits, enoughData) => {
      const outcomes = tallyOf(all, 0)
      if (!enoughData) {
        return scoreOf({ enoughData, base: pointsOf(baseRate(outcomes)), factors: [], outcomes })
      }
      const { base, of } = weights()
      const factors = traits.map((trait) => {
        const number = book.traits.find(trait) ?? -1
        return { ...trait, ...tallyOf(seen, number), points: of.get(number) ?? 0 }
      })
      return scoreOf({ enoughData, base, factors, outcomes })
    },
  }
}

/** By which day as many had closed as there were when they were last to be weighed. */
const lastDayWeighed = (closed: ReadonlyMap<number, number>): number => {
  const all = closed.values().reduce((sum, count) => sum + count, 0)
  let least = 1
  for (let next = 1; next <= all; next = Math.max(next + 1, Math.floor(next * growth))) least = next
  let after = all
  for (const day of [...closed.keys()].toSorted((a, b) => b - a)) {
    after -= closed.get(day) ?? 0
    if (after < least) return day
  }
  return 0
}

const weigh = (book: Casebook, rows: Rows, day: number): Weights => {
  const examples = examplesBy(book, rows, day)
  const { won } = examples
  const wins = won.reduce((sum, each) => sum + each, 0)
  if (wins === 0 || wins === won.length) return baseOnly(examples)
  const strength = won.length < fewestToTry ? usualStrength : bestStrength(examples)
  return strength === undefined ? baseOnly(examples) : weightsOf(examples, strength)
}

/** Those that had closed by a day, the oldest first. */
const examplesBy = (book: Casebook, rows: Rows, day: number): Examples => {
  const places: { readonly entry: number; readonly at: number }[] = []
  rows(
    (entry) => book.closedOn(entry) <= day,
    (entry, at) => places.push({ entry, at }),
  )
  places.sort((a, b) => book.compare(a.entry, b.entry))
  const { cells } = book
  return {
    rows: places.map(({ at }) => cells.subarray(at + head, at + head + (cells[at + 2] ?? 0))),
    won: Uint8Array.from(places, ({ entry }) => Number(book.isWon(entry))),
  }
}

/** The one that leaves the newest quarter least surprising; none, where the base rate does. */
const bestStrength = ({ rows, won }: Examples): number | undefined => {
  const cut = Math.floor(rows.length * 0.75)
  const older = { rows: rows.slice(0, cut), won: won.subarray(0, cut) }
  const newest = { rows: rows.slice(cut), won: won.subarray(cut) }
  let best: number | undefined
  let least = surprise(newest, baseOnly(older))
  let weights: Weights | undefined
  for (const strength of strengths) {
    weights = weightsOf(older, strength, weights)
    const found = surprise(newest, weights)
    if (found >= least) continue
    best = strength
    least = found
  }
  return best
}

/** What everybody is told, while nothing tells them apart. */
const baseOnly = ({ won }: Examples): Weights => {
  const wins = won.reduce((sum, each) => sum + each, 0)
  return { base: pointsOf(baseRate({ won: wins, lost: won.length - wins })), of: new Map() }
}

const surprise = ({ rows, won }: Examples, { base, of }: Weights): number => {
  let sum = 0
  for (const [index, row] of rows.entries()) {
    let points = base
    for (const trait of row) points += of.get(trait) ?? 0
    sum -= Math.log(chance(won[index] === 1 ? points : -points))
  }
  return sum
}
