/**
 * Fold counts: what a trait says is its share of wins beside that of all deals, and how far to trust
 * the sum of it is learnt from deals that were left out of the counts.
 *
 * Deals are dealt into ten folds by a hash of their id. The evidence of a trait is
 *
 *     logit((won + m p) / (seen + m)) - logit(p)      m = 20, p = the share of wins of all deals
 *
 * and a score is logit(p) + a + b × the sum of evidence. (a, b) fit the outcomes best when each deal
 * is judged by the nine folds that it is not in; b is drawn to 1/2, since traits repeat each other.
 * Two figures need no more than some thousand deals to be sure of, so where there are more, those are
 * judged whose ids happen to hash so: the same ones, in whatever order deals are told.
 *
 * @module
 */
import { type Casebook, grown, head } from './casebook.ts'
import type { MakeStageLearner, Rows } from './learner.ts'
import { type Line, lineThrough } from './line.ts'
import { baseRate, pointsOf, scoreOf, type Tally } from './score.ts'

const folds = 10
/** How many deals of the usual kind a trait is taken to have been seen in before the first. */
const imagined = 20
/** Of how many deals at most (a, b) are learnt. */
const mostJudged = 4096

export const foldCounts: MakeStageLearner = (book, rows) => {
  const all = foldTallies()
  const seen = foldTallies()
  /** How many cases there are of each rarity: half as many of each next one. */
  const rare = new Int32Array(33)
  /** Learnt when it is asked for, and forgotten with the next outcome. */
  let line: Line | undefined

  return {
    count: (entry, at, by) => {
      const isWon = book.isWon(entry)
      const hash = book.hash(entry)
      const fold = foldOf(hash)
      all.count(0, fold, isWon, by)
      const { cells } = book
      const end = at + head + (cells[at + 2] ?? 0)
      for (let cell = at + head; cell < end; cell += 1)
        seen.count(cells[cell] ?? 0, fold, isWon, by)
      const rarity = rarityOf(hash)
      rare[rarity] = (rare[rarity] ?? 0) + by
      line = undefined
    },
    get outcomes() {
      return all.tally(0)
    },
    score: (traits, enoughData) => {
      const outcomes = all.tally(0)
      const rate = baseRate(outcomes)
      const base = pointsOf(rate)
      if (!enoughData) return scoreOf({ enoughData, base, factors: [], outcomes })
      line ??= lineThrough(judged(book, rows, { all, seen, rare }), base)
      const { a, b } = line
      const factors = traits.map((trait) => {
        const number = book.traits.find(trait)
        const tally = number === undefined ? none : seen.tally(number)
        return { ...trait, ...tally, points: b * evidence(tally, rate) }
      })
      return scoreOf({ enoughData, base: base + a, factors, outcomes })
    },
  }
}

const none: Tally = { won: 0, lost: 0 }

/** A trait that nobody was seen with says nothing. */
const evidence = ({ won, lost }: Tally, base: number): number =>
  pointsOf((won + imagined * base) / (won + lost + imagined)) - pointsOf(base)

/** Wins and losses by trait, of all folds and of each. */
interface FoldTallies {
  count(trait: number, fold: number, isWon: boolean, by: 1 | -1): void
  /** Of all folds, or of all but one. */
  tally(trait: number, without?: number): Tally
}

/** Losses and wins of each fold, and of all of them together behind those. */
const width = 2 * (folds + 1)

const foldTallies = (): FoldTallies => {
  let counts = new Int32Array(width)
  return {
    count: (trait, fold, isWon, by) => {
      const start = trait * width
      counts = grown(counts, start + width)
      const side = start + Number(isWon)
      counts[side + 2 * fold] = (counts[side + 2 * fold] ?? 0) + by
      counts[side + 2 * folds] = (counts[side + 2 * folds] ?? 0) + by
    },
    tally: (trait, without) => {
      const start = trait * width
      const count = (isWon: 0 | 1) =>
        (counts[start + 2 * folds + isWon] ?? 0) -
        (without === undefined ? 0 : (counts[start + 2 * without + isWon] ?? 0))
      return { won: count(1), lost: count(0) }
    },
  }
}

interface Known {
  readonly all: FoldTallies
  readonly seen: FoldTallies
  readonly rare: Int32Array
}

/** Cases, each judged by the nine folds that it is not in: all, or those rare enough to be few. */
const judged = (book: Casebook, rows: Rows, { all, seen, rare }: Known) => {
  const { cells } = book
  let least = 0
  let count = rare.reduce((sum, each) => sum + each, 0)
  for (; count > mostJudged; least += 1) count -= rare[least] ?? 0
  const bases = Array.from({ length: folds }, (_, fold) => baseRate(all.tally(0, fold)))
  const known = new Float64Array(book.traits.size * folds).fill(Number.NaN)
  const evidenceOf = (trait: number, fold: number): number => {
    const found = known[trait * folds + fold] ?? 0
    if (!Number.isNaN(found)) return found
    const made = evidence(seen.tally(trait, fold), bases[fold] ?? 0)
    known[trait * folds + fold] = made
    return made
  }
  const [sums, won] = [new Float64Array(count), new Uint8Array(count)]
  let next = 0
  rows(
    (entry) => rarityOf(book.hash(entry)) >= least,
    (entry, at) => {
      const fold = foldOf(book.hash(entry))
      const end = at + head + (cells[at + 2] ?? 0)
      let sum = 0
      for (let cell = at + head; cell < end; cell += 1) sum += evidenceOf(cells[cell] ?? 0, fold)
      sums[next] = sum
      won[next] = Number(book.isWon(entry))
      next += 1
    },
  )
  return { evidence: sums, won }
}

const foldOf = (hash: number): number => (hash >>> 0) % folds

/** The bits once more mixed, as folds are told by them too. */
const rarityOf = (hash: number): number => {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return Math.clz32(mixed ^ (mixed >>> 13))
}
