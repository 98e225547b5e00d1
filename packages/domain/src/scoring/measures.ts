/**
 * How good probabilities were, seen from the outcomes: what every model is measured by.
 *
 * @module
 */

/** A probability that was told, and what came of it. */
export interface Told {
  /** From 0 to 1. */
  readonly probability: number
  readonly won: boolean
}

export interface Measures {
  readonly count: number
  /** How often a win was given the higher probability of a win and a loss; 0.5 is a coin. */
  readonly auc: number | null
  /** How surprising the outcomes were; the smaller the better. */
  readonly logLoss: number | null
  /** The mean square of the error. */
  readonly brier: number | null
  /** How far shares of wins lie from what was told, over ten groups of equal width. */
  readonly ece: number | null
}

/** A group of deals that were told about the same. */
export interface ReliabilityRow {
  /** Percent, from inclusive, to exclusive. */
  readonly from: number
  readonly to: number
  readonly count: number
  readonly meanProbability: number
  readonly shareWon: number
}

export const measuresOf = (told: readonly Told[]): Measures => {
  if (told.length === 0) return { count: 0, auc: null, logLoss: null, brier: null, ece: null }
  return {
    count: told.length,
    auc: auc(told),
    logLoss: mean(told, ({ probability, won }) => -Math.log(won ? probability : 1 - probability)),
    brier: mean(told, ({ probability, won }) => (probability - (won ? 1 : 0)) ** 2),
    ece:
      groupsOf(told).reduce(
        (sum, group) => sum + group.length * Math.abs(mean(group, share) - mean(group, wins)),
        0,
      ) / told.length,
  }
}

export const reliability = (told: readonly Told[]): readonly ReliabilityRow[] =>
  groupsOf(told).flatMap((group, index) => {
    if (group.length === 0) return []
    const width = 100 / groups
    const [from, to] = [index * width, (index + 1) * width]
    const [meanProbability, shareWon] = [100 * mean(group, share), 100 * mean(group, wins)]
    return [{ from, to, count: group.length, meanProbability, shareWon }]
  })

const groups = 10

const groupsOf = (told: readonly Told[]): readonly (readonly Told[])[] => {
  const found: Told[][] = Array.from({ length: groups }, () => [])
  for (const each of told)
    found[Math.min(groups - 1, Math.floor(each.probability * groups))]?.push(each)
  return found
}

const share = ({ probability }: Told): number => probability
const wins = ({ won }: Told): number => (won ? 1 : 0)

const mean = (told: readonly Told[], figure: (each: Told) => number): number =>
  told.length === 0 ? 0 : told.reduce((sum, each) => sum + figure(each), 0) / told.length

/** By ranks, where equal probabilities share one; `null` where nothing can be told apart. */
const auc = (told: readonly Told[]): number | null => {
  const won = told.filter((each) => each.won).length
  const lost = told.length - won
  if (won === 0 || lost === 0) return null
  const sorted = told.toSorted((a, b) => a.probability - b.probability)
  let ranks = 0
  for (let from = 0; from < sorted.length; ) {
    const value = sorted[from]?.probability
    let to = from
    let winsHere = 0
    for (; sorted[to]?.probability === value && to < sorted.length; to += 1) {
      if (sorted[to]?.won === true) winsHere += 1
    }
    ranks += (winsHere * (from + 1 + to)) / 2
    from = to
  }
  return (ranks - (won * (won + 1)) / 2) / (won * lost)
}
