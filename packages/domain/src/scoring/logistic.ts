/**
 * Logistic regression: one weight for each trait, all weighed at once, so that what two traits say
 * together is counted once. The more weights are held down, the less they believe what few deals
 * showed; how much is tried out on the newest quarter of the deals.
 *
 * @module
 */
import { distinct, keysOf, traitKey } from './deal.ts'
import type { StageLearner } from './learner.ts'
import type { Row } from './rows.ts'
import { baseRate, chance, pointsOf, scoreOf, type Tally } from './score.ts'
import { type Example, type Weights, weightsOf } from './weights.ts'

/** What is tried beside no weights at all, the strongest first. */
const strengths = [100, 30, 10, 3, 1]
const usualStrength = 10
/** Of fewer deals a quarter is too few to try on. */
const fewestToTry = 400

export const logistic = (): StageLearner => {
  const rows = new Map<string, Row>()
  const seen = new Map<string, Tally>()
  let outcomes = none
  /** Learnt when they are asked for; those from before are where learning starts. */
  let weights: Weights | undefined
  let isUpToDate = false

  const count = ({ won, traits }: Row, by: 1 | -1): void => {
    outcomes = counted(outcomes, won, by)
    for (const key of keysOf(traits)) {
      const tally = counted(seen.get(key) ?? none, won, by)
      if (tally.won + tally.lost === 0) seen.delete(key)
      else seen.set(key, tally)
    }
    isUpToDate = false
  }

  const learnt = (): Weights => {
    const known = isUpToDate ? weights : undefined
    weights = known ?? weightsFrom([...rows.values()].toSorted(byAge), weights)
    isUpToDate = true
    return weights
  }

  return {
    add: (row) => {
      rows.set(row.id, row)
      count(row, 1)
    },
    takeBack: (row) => {
      if (rows.delete(row.id)) count(row, -1)
    },
    get outcomes() {
      return outcomes
    },
    score: (traits, enoughData) => {
      if (!enoughData) {
        return scoreOf({ enoughData, base: pointsOf(baseRate(outcomes)), factors: [], outcomes })
      }
      const { base, of } = learnt()
      const factors = distinct(traits).map((trait) => {
        const key = traitKey(trait)
        return { ...trait, ...(seen.get(key) ?? none), points: of.get(key) ?? 0 }
      })
      return scoreOf({ enoughData, base, factors, outcomes })
    },
  }
}

const none: Tally = { won: 0, lost: 0 }

const counted = ({ won, lost }: Tally, isWon: boolean, by: 1 | -1): Tally =>
  isWon ? { won: won + by, lost } : { won, lost: lost + by }

const byAge = (a: Row, b: Row): number =>
  a.closedOn < b.closedOn || (a.closedOn === b.closedOn && a.id < b.id) ? -1 : 1

const weightsFrom = (rows: readonly Row[], start: Weights | undefined): Weights => {
  const examples = rows.map(({ won, traits }) => ({ won, keys: keysOf(traits) }))
  const wins = winsIn(examples)
  if (wins === 0 || wins === examples.length) return baseOnly(examples)
  const strength = examples.length < fewestToTry ? usualStrength : bestStrength(examples)
  return strength === undefined ? baseOnly(examples) : weightsOf(examples, strength, start)
}

/** The one that leaves the newest quarter least surprising; none, where the base rate does. */
const bestStrength = (examples: readonly Example[]): number | undefined => {
  const cut = Math.floor(examples.length * 0.75)
  const [older, newest] = [examples.slice(0, cut), examples.slice(cut)]
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
const baseOnly = (examples: readonly Example[]): Weights => {
  const won = winsIn(examples)
  return { base: pointsOf(baseRate({ won, lost: examples.length - won })), of: new Map() }
}

const winsIn = (examples: readonly Example[]): number => examples.filter(({ won }) => won).length

const surprise = (examples: readonly Example[], { base, of }: Weights): number => {
  let sum = 0
  for (const { won, keys } of examples) {
    let points = base
    for (const key of keys) points += of.get(key) ?? 0
    sum -= Math.log(chance(won ? points : -points))
  }
  return sum
}
