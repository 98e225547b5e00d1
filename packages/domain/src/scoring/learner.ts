/**
 * A learner is told which cases of a casebook to learn from and which no longer, and scores open deals
 * by what it knows at that time. What it knows are sums, so the order in which it was told does not
 * matter, and what is taken back leaves no trace.
 *
 * @module
 */
import type { Casebook } from './casebook.ts'
import { type Deal, distinct, type Trait, withTeam } from './deal.ts'
import { hasSeenEnough, isEnough, type Score, type Tally } from './score.ts'

export interface Learner {
  add(entry: number): void
  /** Takes back what was added. */
  takeBack(entry: number): void
  score(deal: Deal): Score
}

/** Learns from what closed deals were when they came to one stage. */
export interface StageLearner {
  /** Takes a case in, or back, and the deal that it was then: where it stands in the casebook. */
  count(entry: number, at: number, by: 1 | -1): void
  readonly outcomes: Tally
  score(traits: readonly Trait[], enoughData: boolean): Score
}

/**
 * Those cases of a stage learner that are wanted, and where in the casebook the deal stands that each
 * was then.
 */
export type Rows = (
  isWanted: (entry: number) => boolean,
  visit: (entry: number, at: number) => void,
) => void

export type MakeStageLearner = (book: Casebook, rows: Rows) => StageLearner

/**
 * One learner for each stage, over the deals that reached it, and one for all deals as they began.
 * Where a stage has seen too few, all are asked, and where they are too few the score is their base
 * rate.
 */
export const byStage =
  (make: MakeStageLearner) =>
  (book: Casebook): Learner => {
    const learnerOf = (dealOf: (entry: number) => number | undefined) => {
      const learner = make(book, (isWanted, visit) => {
        for (let entry = 0; entry < book.size; entry += 1) {
          const at = book.isTaught(entry) && isWanted(entry) ? dealOf(entry) : undefined
          if (at !== undefined) visit(entry, at)
        }
      })
      const count = (entry: number, by: 1 | -1): void => {
        const at = dealOf(entry)
        if (at !== undefined) learner.count(entry, at, by)
      }
      return { learner, count }
    }
    const all = learnerOf((entry) => book.first(entry))
    const stages = book.stages.map((_, place) => learnerOf((entry) => book.arrival(entry, place)))
    const every = [all, ...stages]
    const places = new Map(book.stages.map(({ id }, place) => [id, place]))

    return {
      add: (entry) => {
        for (const { count } of every) count(entry, 1)
      },
      takeBack: (entry) => {
        for (const { count } of every) count(entry, -1)
      },
      score: (deal) => {
        const enoughData = isEnough(all.learner.outcomes)
        const here = stages[places.get(deal.stageId ?? '') ?? -1] ?? all
        const asked = hasSeenEnough(here.learner.outcomes) ? here : all
        return asked.learner.score(distinct(withTeam(deal)), enoughData)
      },
    }
  }
