/**
 * How well each model would have done: it is told what was known before a day, and judged by how the
 * deals that began from then on ended.
 *
 * @module
 */
import type { CalendarDate } from '../time/calendar-date.ts'
import type { Outcome, StagePlace } from './deal.ts'
import {
  type Measures,
  measuresOf,
  type ReliabilityRow,
  reliability,
  type Told,
} from './measures.ts'
import { ripe } from './ripeness.ts'
import { baseRate } from './score.ts'
import { ScoringModel, scorer } from './scoring.ts'

/** What is learnt from, and what is judged by then. */
export interface Fold {
  readonly learnt: readonly Outcome[]
  readonly judged: readonly Outcome[]
}

/** Beside the models, what it is worth to tell everybody the share of wins so far. */
export interface Evaluated extends Measures {
  readonly model: ScoringModel | 'base-rate'
  readonly reliability: readonly ReliabilityRow[]
}

/** All models, side by side over the same deals. */
export const evaluated = (
  folds: readonly Fold[],
  stages: readonly StagePlace[],
  models: readonly ScoringModel[] = ScoringModel.options,
): readonly Evaluated[] =>
  [
    { model: 'base-rate' as const, told: folds.flatMap(toldByRate) },
    ...models.map((model) => ({ model, told: toldBy(model, folds, stages) })),
  ].map(({ model, told }) => ({ model, ...measuresOf(told), reliability: reliability(told) }))

const toldByRate = ({ learnt, judged }: Fold): readonly Told[] => {
  const won = learnt.filter((each) => each.won).length
  const probability = baseRate({ won, lost: learnt.length - won })
  return judged.map((each) => ({ probability, won: each.won }))
}

const toldBy = (
  model: ScoringModel,
  folds: readonly Fold[],
  stages: readonly StagePlace[],
): readonly Told[] => {
  const asked = scorer(model, stages)
  let known = new Set<Outcome>()
  return folds.flatMap(({ learnt, judged }) => {
    const now = new Set(learnt)
    for (const outcome of known.difference(now)) asked.takeBack(outcome.id)
    for (const outcome of now.difference(known)) asked.tell(outcome)
    known = now
    return judged.map(({ won, path: [begin], end }) => ({
      probability: asked.score(begin ?? end).probability / 100,
      won,
    }))
  })
}

const mostSteps = 12

/** Deals in the order in which they began, in as many steps as they are worth. */
export const walkForward = (outcomes: readonly Outcome[]): readonly Fold[] => {
  const days = outcomes.map(({ openedOn }) => openedOn).toSorted()
  const steps = Array.from(
    { length: mostSteps },
    (_, step) => days[Math.floor((days.length * step) / mostSteps)],
  )
  return walkedBy(outcomes, [...new Set(steps.filter((day) => day !== undefined))])
}

/** With a step on each of these days, in their order. Before the first, everything is learnt from. */
export const walkedBy = (
  outcomes: readonly Outcome[],
  days: readonly CalendarDate[],
): readonly Fold[] =>
  days.slice(1).map((day, step) => {
    const next = days[step + 2]
    return {
      learnt: ripe(
        outcomes.filter(({ closedOn }) => closedOn < day),
        day,
      ),
      judged: outcomes.filter(
        ({ openedOn }) => openedOn >= day && (next === undefined || openedOn < next),
      ),
    }
  })
