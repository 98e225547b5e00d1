/**
 * The scoring of open deals: closed ones are told, and every open one has a probability with the
 * reasons for it. Three models do it, behind one door.
 *
 * @module
 */
import * as z from 'zod'
import type { Deal, Outcome, StagePlace } from './deal.ts'
import { foldCounts } from './fold-counts.ts'
import { byStage, type Learner } from './learner.ts'
import { logistic } from './logistic.ts'
import { naiveBayes } from './naive-bayes.ts'
import type { Score } from './score.ts'

export const ScoringModel = z.enum(['fold-counts', 'logistic', 'naive-bayes'])
export type ScoringModel = z.infer<typeof ScoringModel>

const learners: Readonly<Record<ScoringModel, (stages: readonly StagePlace[]) => Learner>> = {
  'fold-counts': (stages) => byStage(stages, foldCounts),
  logistic: (stages) => byStage(stages, logistic),
  'naive-bayes': naiveBayes,
}

export interface Scorer {
  /** Tells how a deal ended; what was told of the same one before no longer counts. */
  tell(outcome: Outcome): void
  /** A deal that is open again teaches nothing. */
  takeBack(id: string): void
  score(deal: Deal): Score
}

/** One that knows nothing yet. */
export const scorer = (model: ScoringModel, stages: readonly StagePlace[]): Scorer => {
  const learner = learners[model](stages)
  const told = new Map<string, Outcome>()
  const takeBack = (id: string): void => {
    const outcome = told.get(id)
    if (outcome === undefined) return
    told.delete(id)
    learner.takeBack(outcome)
  }
  return {
    tell: (outcome) => {
      takeBack(outcome.id)
      told.set(outcome.id, outcome)
      learner.add(outcome)
    },
    takeBack,
    score: (deal) => learner.score(deal),
  }
}
