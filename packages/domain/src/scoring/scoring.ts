/**
 * The scoring of open deals: closed ones are told, and every open one has a probability with the
 * reasons for it. Three models do it, behind one door.
 *
 * @module
 */
import * as z from 'zod'
import type { CalendarDate } from '../time/calendar-date.ts'
import { type Casebook, casebook } from './casebook.ts'
import type { Deal, Outcome, StagePlace } from './deal.ts'
import { foldCounts } from './fold-counts.ts'
import { byStage, type Learner } from './learner.ts'
import { logistic } from './logistic.ts'
import { naiveBayes } from './naive-bayes.ts'
import { ripening } from './ripeness.ts'
import type { Score } from './score.ts'

export const ScoringModel = z.enum(['fold-counts', 'logistic', 'naive-bayes'])
export type ScoringModel = z.infer<typeof ScoringModel>

const learners: Readonly<Record<ScoringModel, (book: Casebook) => Learner>> = {
  'fold-counts': byStage(foldCounts),
  logistic: byStage(logistic),
  'naive-bayes': naiveBayes,
}

export interface Scorer {
  /** Tells how a deal ended; what was told of the same one before no longer counts. */
  tell(outcome: Outcome): void
  /** A deal that is open again teaches nothing. */
  takeBack(id: string): void
  /**
   * By the deals that are a fair sample today; by all of them where no day is named. The reference
   * learns from all in any case.
   */
  score(deal: Deal, today?: CalendarDate): Score
}

/** One that knows nothing yet. */
export const scorer = (model: ScoringModel, stages: readonly StagePlace[]): Scorer => {
  const book = casebook(stages)
  const learner = learners[model](book)
  const sample = ripening(book, learner)
  const takeBack = (id: string): void => {
    const entry = book.find(id)
    if (entry === undefined) return
    sample.takeBack(entry)
    book.strike(entry)
  }
  return {
    tell: (outcome) => {
      takeBack(outcome.id)
      sample.add(book.write(outcome))
    },
    takeBack,
    score: (deal, today) => {
      sample.on(model === 'naive-bayes' ? undefined : today)
      return learner.score(deal)
    },
  }
}
