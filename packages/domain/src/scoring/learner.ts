/**
 * A learner takes closed deals in, takes them back when they are reopened, and scores open ones by
 * what it knows at that time. What it knows are sums, so the order in which it was told does not
 * matter, and what is taken back leaves no trace. It keeps them in place: copying what a hundred
 * thousand deals taught for each further one would cost more than learning it anew.
 *
 * @module
 */
import type { Deal, Outcome, StagePlace } from './deal.ts'
import { anywhere, type Row, rowsIn, withTeam } from './rows.ts'
import { hasSeenEnough, isEnough, type Score, type Tally } from './score.ts'

export interface Learner {
  add(outcome: Outcome): void
  /** Takes back what was added, given the very same facts. */
  takeBack(outcome: Outcome): void
  score(deal: Deal): Score
}

/** Learns from the rows of one stage. */
export interface StageLearner {
  add(row: Row): void
  takeBack(row: Row): void
  readonly outcomes: Tally
  score(traits: Row['traits'], enoughData: boolean): Score
}

/**
 * One learner for each stage, over the deals that reached it. Where a stage has seen too few, all
 * deals are asked, and where they are too few the score is their base rate.
 */
export const byStage = (stages: readonly StagePlace[], learner: () => StageLearner): Learner => {
  const rowsOf = rowsIn(stages)
  const learners = new Map([[anywhere, learner()]])
  const learnerOf = (stageId: string): StageLearner => {
    const known = learners.get(stageId) ?? learner()
    learners.set(stageId, known)
    return known
  }
  return {
    add: (outcome) => {
      for (const [stageId, row] of rowsOf(outcome)) learnerOf(stageId).add(row)
    },
    takeBack: (outcome) => {
      for (const [stageId, row] of rowsOf(outcome)) learnerOf(stageId).takeBack(row)
    },
    score: (deal) => {
      const all = learnerOf(anywhere)
      const enoughData = isEnough(all.outcomes)
      const here = learners.get(deal.stageId ?? anywhere) ?? all
      const asked = hasSeenEnough(here.outcomes) ? here : all
      return asked.score(withTeam(deal), enoughData)
    },
  }
}
