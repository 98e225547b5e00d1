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
import { distinct, keysOf, traitKey } from './deal.ts'
import type { StageLearner } from './learner.ts'
import { type Line, lineThrough } from './line.ts'
import { baseRate, pointsOf, scoreOf, type Tally } from './score.ts'

const folds = 10
/** How many deals of the usual kind a trait is taken to have been seen in before the first. */
const imagined = 20
/** Of how many deals at most (a, b) are learnt. */
const mostJudged = 4096

/** Wins and losses, fold by fold. */
interface Counts {
  readonly won: number[]
  readonly lost: number[]
}

/** As much of a row as is needed to judge it by the other folds. */
interface Member {
  readonly fold: number
  /** How rare its hash is: half as many deals have each next one. */
  readonly rarity: number
  readonly won: boolean
  readonly keys: readonly string[]
}

export const foldCounts = (): StageLearner => {
  const all = noCounts()
  const seen = new Map<string, Counts>()
  const members = new Map<string, Member>()
  /** How many there are of each rarity. */
  const rare = Array.from({ length: 33 }, () => 0)
  /** Learnt when it is asked for, and forgotten with the next outcome. */
  let line: Line | undefined

  const count = ({ fold, rarity, won, keys }: Member, by: 1 | -1): void => {
    const side = won ? 'won' : 'lost'
    bump(rare, rarity, by)
    bump(all[side], fold, by)
    for (const key of keys) {
      const counts = seen.get(key) ?? noCounts()
      bump(counts[side], fold, by)
      if (by > 0) seen.set(key, counts)
      else if (isNothing(counts)) seen.delete(key)
    }
    line = undefined
  }

  const learnt = (): Line => {
    const bases = allFolds.map((fold) => baseRate(sumOf(all, fold)))
    const byOthers = new Map<string, number[]>()
    const evidenceOf = (key: string, fold: number): number => {
      const known = byOthers.get(key) ?? []
      byOthers.set(key, known)
      known[fold] ??= evidence(sumOf(seen.get(key) ?? noCounts(), fold), bases[fold] ?? 0)
      return known[fold]
    }
    const judged = [...judgedOf(members.values(), rare)]
    return lineThrough(
      {
        evidence: Float64Array.from(judged, ({ keys, fold }) => {
          let sum = 0
          for (const key of keys) sum += evidenceOf(key, fold)
          return sum
        }),
        won: Uint8Array.from(judged, ({ won }) => Number(won)),
      },
      pointsOf(baseRate(sumOf(all))),
    )
  }

  return {
    add: ({ id, won, traits }) => {
      const member = { ...placeOf(id), won, keys: keysOf(traits) }
      members.set(id, member)
      count(member, 1)
    },
    takeBack: ({ id }) => {
      const member = members.get(id)
      if (member === undefined) return
      members.delete(id)
      count(member, -1)
    },
    get outcomes() {
      return sumOf(all)
    },
    score: (traits, enoughData) => {
      const outcomes = sumOf(all)
      const rate = baseRate(outcomes)
      const base = pointsOf(rate)
      if (!enoughData) return scoreOf({ enoughData, base, factors: [], outcomes })
      line ??= learnt()
      const { a, b } = line
      const factors = distinct(traits).map((trait) => {
        const tally = sumOf(seen.get(traitKey(trait)) ?? noCounts())
        return { ...trait, ...tally, points: b * evidence(tally, rate) }
      })
      return scoreOf({ enoughData, base: base + a, factors, outcomes })
    },
  }
}

/** A trait that nobody was seen with says nothing. */
const evidence = ({ won, lost }: Tally, base: number): number =>
  pointsOf((won + imagined * base) / (won + lost + imagined)) - pointsOf(base)

const allFolds = Array.from({ length: folds }, (_, fold) => fold)

const noCounts = (): Counts => ({ won: allFolds.map(() => 0), lost: allFolds.map(() => 0) })

const bump = (counts: number[], fold: number, by: number): void => {
  counts[fold] = (counts[fold] ?? 0) + by
}

const isNothing = (counts: Counts): boolean => {
  const { won, lost } = sumOf(counts)
  return won + lost === 0
}

/** All of the counts, or all but one fold. */
const sumOf = ({ won, lost }: Counts, without?: number): Tally => ({
  won: sum(won) - (without === undefined ? 0 : (won[without] ?? 0)),
  lost: sum(lost) - (without === undefined ? 0 : (lost[without] ?? 0)),
})

const sum = (numbers: readonly number[]): number => {
  let total = 0
  for (const number of numbers) total += number
  return total
}

/** All of them, while they are few; else those that are rare enough to be as few. */
const judgedOf = (
  members: Iterable<Member>,
  rare: readonly number[],
): IteratorObject<Member, undefined> => {
  let least = 0
  let count = sum(rare)
  for (; count > mostJudged; least += 1) count -= rare[least] ?? 0
  return Iterator.from(members).filter(({ rarity }) => rarity >= least)
}

/** FNV-1a over the id: any two machines deal alike. */
const placeOf = (id: string): Pick<Member, 'fold' | 'rarity'> => {
  let hash = 0x811c9dc5
  for (let index = 0; index < id.length; index += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193)
  }
  // Its bits once more mixed, as neighbours differ in few of them, and folds are told by them too.
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return { fold: (hash >>> 0) % folds, rarity: Math.clz32(mixed ^ (mixed >>> 13)) }
}
